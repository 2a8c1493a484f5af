import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../core/errors.js';
import { planFiles, plannedName } from './file-names.js';

const SITE = 'http://example.org';

function names(...items: readonly [url: string, name?: string][]): string[] {
  return planFiles(
    items.map(([url, name]) => ({ url, name })),
    'linux',
  ).map((file) => file.name);
}

describe('the name of a file', () => {
  it.each([
    ['/a.iso', 'a.iso'],
    ['/folder/a.iso?token=1#top', 'a.iso'],
    ['/', 'index.html'],
    ['', 'index.html'],
    ['/folder/', 'index.html'],
    ['/a%20b.iso', 'a b.iso'],
    ['/%C3%A4.iso', 'ä.iso'],
    ['/50%.iso', '50%.iso'],
    ['/a%FF%20b', 'a%FF%20b'],
    ['/a%ZZ%20b', 'a%ZZ b'],
    ['/..%2f..%2Fetc%2Fpasswd', '___.._etc_passwd'],
    ['/%2e%2e%5cx', '___x'],
    ['/a%00b', 'a_b'],
    ['/.htaccess', '_htaccess'],
  ])('of %j is %j', (path, name) => {
    expect(plannedName({ url: `${SITE}${path}` })).toBe(name);
  });

  it('is the chosen one where there is one', () => {
    expect(names([`${SITE}/a`, 'b.iso'])).toEqual(['b.iso']);
    expect(() => names([`${SITE}/a`, '../b'])).toThrow(/expected one file name without folders/);
  });

  it('of any path is one safe name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        const name = plannedName({ url: `${SITE}/${path}` });
        expect(name).not.toMatch(/^\.|[/\\\p{Cc}]/u);
      }),
    );
  });
});

describe('a plan', () => {
  it('takes credentials and fragment out of the address', () => {
    const [file] = planFiles([{ url: 'https://me:p%40ss@example.org/a?b=1#c' }]);
    expect(file?.url.href).toBe('https://example.org/a?b=1');
    expect(file?.shownUrl).toBe('https://example.org/a?b=1');
    expect(file?.headers).toEqual({
      authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
    });
  });

  it('keeps the order and the checksums', () => {
    const checksum = { algorithm: 'sha256', hex: 'a'.repeat(64) } as const;
    const files = planFiles([{ url: `${SITE}/b`, checksum }, { url: `${SITE}/a` }]);
    expect(files.map((file) => [file.index, file.name, file.checksum, file.headers])).toEqual([
      [0, 'b', checksum, {}],
      [1, 'a', undefined, {}],
    ]);
  });

  it.each(['ftp://example.org/a', 'file:///etc/passwd', 'example.org/a', 'http://', ''])(
    'refuses %j with a sentence',
    (url) => {
      expect(() => planFiles([{ url }])).toThrow(UsageError);
      expect(() => planFiles([{ url }])).toThrow(/expected a URL/);
    },
  );

  it('refuses to do nothing', () => {
    expect(() => planFiles([])).toThrow('expected at least one address to download, got none');
  });

  it('refuses two files of one name, and says which', () => {
    expect(() => names([`http://me:secret@one.org/a`], ['http://two.org/a'])).toThrow(
      "two files would have the name 'a': http://one.org/a and http://two.org/a",
    );
  });

  it.each(['.part', '.part.json', '.part.lock', '.part.json.tmp'])(
    'refuses the name of what is written beside another file: %s',
    (suffix) => {
      expect(() => names([`${SITE}/a${suffix}`], [`${SITE}/a`])).toThrow(
        `the name 'a${suffix}' is needed while 'a' is on its way`,
      );
      expect(names([`${SITE}/a${suffix}`], [`${SITE}/b`])).toEqual([`a${suffix}`, 'b']);
    },
  );

  it.each([
    ['linux', false],
    ['darwin', true],
    ['win32', true],
  ] as const)('on %s, A and a are one name: %s', (platform, isOne) => {
    const plan =
      ([one, other]: readonly [string, string]) =>
      () =>
        planFiles([{ url: `${SITE}/${one}` }, { url: `${SITE}/${other}` }], platform);
    for (const pair of [
      ['A', 'a'],
      ['A.part', 'a'],
      ['%C3%A9', 'e%CC%81'],
    ] as const) {
      if (isOne) expect(plan(pair)).toThrow(UsageError);
      else expect(plan(pair)()).toHaveLength(2);
    }
  });
});
