import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../core/errors.js';
import { checkedFileName, safeFileName } from './safe-file-name.js';

const NASTY = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...Array.from('/\\:*?"<>|.. \0\n\x1b\x7f'),
      '\ud800',
      '\udc00',
      '\u202e',
      '\u2066',
    ),
    fc.constantFrom('con', 'NUL', 'com1', 'é', '€', '😀', '.tar', '.gz', 'a', '_', '\u0301'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
  maxLength: 300,
  size: 'max',
});

describe('a file name made of any text', () => {
  it('is one name of at most 240 bytes with its longest suffix, and safe everywhere', () => {
    fc.assert(
      fc.property(NASTY, (text) => {
        const name = safeFileName(text);
        expect(name).not.toBe('');
        expect(Buffer.byteLength(`${name}.part.json.tmp`)).toBeLessThanOrEqual(240);
        expect(name).not.toMatch(/[/\\:*?"<>|\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        expect(name).not.toMatch(/^\.|[. ]$/);
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d) *(?:\.|$)/i);
        // What the disk gets is what it gives back: no half of a character became something else.
        expect(Buffer.from(name).toString()).toBe(name);
      }),
      { numRuns: 500 },
    );
  });

  it('stays as it is when it is made a name again, and can be chosen', () => {
    fc.assert(
      fc.property(NASTY, (text) => {
        const name = safeFileName(text);
        expect(safeFileName(name)).toBe(name);
        expect(checkedFileName(name)).toBe(name);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a.iso', 'a.iso'],
    ['ä b (1).tar.gz', 'ä b (1).tar.gz'],
    ['../../etc/passwd', '___.._etc_passwd'],
    ['..', '__'],
    ['.bashrc', '_bashrc'],
    ['a. .', 'a___'],
    ['C:\\a', 'C__a'],
    ['con', '_con'],
    ['NUL.txt', '_NUL.txt'],
    ['COM1.tar.gz', '_COM1.tar.gz'],
    ['console', 'console'],
    ['COM10', 'COM10'],
    ['a\u202efdp.exe', 'a_fdp.exe'],
    ['a\x1b[31m', 'a_[31m'],
    ['', 'index.html'],
  ])('%j becomes %j', (text, name) => {
    expect(safeFileName(text)).toBe(name);
  });

  it('that is too long loses its middle, not its ending, and no character is cut', () => {
    const name = safeFileName(`begin-${'😀'.repeat(100)}-end.tar.gz`);
    expect(name).toMatch(/^begin-(?:😀)+_(?:😀)+-end\.tar\.gz$/u);
    expect(Buffer.byteLength(name)).toBeGreaterThan(215);
  });
});

describe('a file name that somebody chose', () => {
  it.each(['a.iso', '.profile', '..a', 'x.part', 'a'.repeat(226), 'ß ü.txt'])(
    '%j is taken as it is',
    (name) => {
      expect(checkedFileName(name)).toBe(name);
    },
  );

  it.each([
    '',
    '.',
    '..',
    '...',
    'a/b',
    '/a',
    '../a',
    'a\\b',
    'C:a',
    'a\0',
    'a\n',
    '\x1b[31m',
    'aux',
    'nul.txt',
    'a.',
    'a ',
    '\u202ea',
    '\ud800',
    'a'.repeat(227),
    'é'.repeat(114),
    `.${'a'.repeat(226)}`,
  ])('%j is refused, with one that would do', (name) => {
    expect(() => checkedFileName(name)).toThrow(UsageError);
    expect(() => checkedFileName(name)).toThrow(/^expected one file name.*; try '[^/\\\p{Cc}]+'$/u);
  });
});
