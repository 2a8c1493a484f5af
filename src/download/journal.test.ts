import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJournal, type Journal, parseJournal } from './journal.js';

const HEX = fc.string({
  unit: fc.constantFrom(...Array.from('0123456789abcdef')),
  minLength: 64,
  maxLength: 64,
});
const SIZE = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const JOURNALS: fc.Arbitrary<Journal> = fc
  .record({
    url: fc.webUrl({ withQueryParameters: true }),
    validator: fc.option(
      fc.oneof(
        fc
          .string({ unit: fc.constantFrom(...Array.from('abc!#~é')) })
          .map((tag) => ({ kind: 'etag' as const, value: `"${tag}"` })),
        fc.constant({ kind: 'date' as const, value: 'Thu, 15 Jan 2026 12:00:00 GMT' }),
      ),
      { nil: undefined },
    ),
    sizes: fc.tuple(SIZE, SIZE),
    knowsSize: fc.boolean(),
    durable: fc.boolean(),
    checksum: fc.option(
      HEX.map((hex) => ({ algorithm: 'sha256' as const, hex })),
      { nil: undefined },
    ),
  })
  .map(({ sizes, knowsSize, url, validator, checksum, durable }) => ({
    url,
    durable,
    validator,
    checksum,
    sizeBytes: knowsSize ? Math.max(...sizes) : undefined,
    bytes: Math.min(...sizes),
  }));

const GOOD: Journal = {
  url: 'http://example.org/a',
  validator: { kind: 'etag', value: '"v1"' },
  sizeBytes: 10,
  checksum: { algorithm: 'sha256', hex: 'a'.repeat(64) },
  bytes: 5,
  durable: true,
};

describe('a journal', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(JOURNALS, (journal) => {
        expect(parseJournal(formatJournal(journal))).toEqual(journal);
      }),
    );
  });

  it('that is not there to its end is none', () => {
    const text = formatJournal(GOOD).trimEnd();
    for (let length = 0; length < text.length; length += 1) {
      expect(parseJournal(text.slice(0, length))).toBe(undefined);
    }
  });

  it.each([
    ['of another version', { version: 2 }],
    ['without a version', { version: undefined }],
    ['without an address', { url: undefined }],
    ['with an address of another kind', { url: 'file:///etc/passwd' }],
    ['with more bytes than the file has', { bytes: 11 }],
    ['with bytes below 0', { bytes: -1 }],
    ['with half a byte', { bytes: 0.5 }],
    ['with bytes as text', { bytes: '5' }],
    ['without bytes', { bytes: undefined }],
    ['with a length that is none', { sizeBytes: null }],
    ['with a weak ETag', { validator: { kind: 'etag', value: 'W/"v1"' } }],
    ['with an ETag that would be two headers', { validator: { kind: 'etag', value: '"a\r\nb"' } }],
    ['with a date that is none', { validator: { kind: 'date', value: 'now' } }],
    ['with a validator of another kind', { validator: { kind: 'name', value: '"v1"' } }],
    ['with a checksum that is too short', { checksum: { algorithm: 'sha256', hex: 'aa' } }],
    ['with a checksum of another kind', { checksum: { algorithm: 'crc32', hex: 'aa' } }],
  ])('%s is none', (_, change) => {
    const good = JSON.parse(formatJournal(GOOD)) as object;
    expect(parseJournal(JSON.stringify(good))).toEqual(GOOD);
    expect(parseJournal(JSON.stringify({ ...good, ...change }))).toBe(undefined);
  });

  it('is read from any text and any JSON without an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseJournal(text)).toBe(undefined);
      }),
    );
  });
});
