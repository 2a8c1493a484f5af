import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../core/errors.js';
import { itemsOf, parseDownloadList } from './list-file.js';

const [A, B] = ['aa'.repeat(32), 'bb'.repeat(32)];
const [SUM_A, SUM_B] = [A, B].map((hex) => ({ algorithm: 'sha256' as const, hex }));
const URL_A = 'https://example.org/files/a.iso';

function listed(text: string): ReturnType<typeof parseDownloadList> {
  return parseDownloadList(text, 'list.txt');
}

describe('a list', () => {
  it.each([
    [URL_A, undefined, undefined],
    [`${URL_A} b.iso`, 'b.iso', undefined],
    [`${URL_A}\tsha256=${A}`, undefined, SUM_A],
    [`${URL_A} b.iso  sha256=${A}  `, 'b.iso', SUM_A],
    [`  ${URL_A} sha256:${A.toUpperCase()} b.iso`, 'b.iso', SUM_A],
    [`${URL_A} "a b.iso" sha256=${A}`, 'a b.iso', SUM_A],
    [`${URL_A} sha256=${A} "sha1=x"`, 'sha1=x', SUM_A],
    [`${URL_A} "${A}"`, A, undefined],
  ])('reads %j', (line, name, checksum) => {
    expect(listed(line).items).toEqual([{ url: URL_A, name, checksum }]);
  });

  it('passes over a byte order mark, the ends of lines of Windows, empty lines and remarks', () => {
    const list = listed(`\uFEFF# files\r\n\r\n${URL_A} b\r\n   \r\n  # more\r\n${A}  c\r\n`);
    expect(list.items).toEqual([{ url: URL_A, name: 'b', checksum: undefined }]);
    expect([...list.checksums]).toEqual([['c', SUM_A]]);
  });

  it('is read as it was written', () => {
    const hex = fc.constantFrom(undefined, SUM_A, SUM_B);
    const name = fc.constantFrom(undefined, 'a', 'a b.iso', '.x', 'ä=1');
    const items = fc.array(fc.record({ url: fc.webUrl(), name, checksum: hex }));
    fc.assert(
      fc.property(items, fc.constantFrom('\n', '\r\n'), fc.boolean(), (all, end, nameFirst) => {
        const lines = all.map((item) => {
          const words = [
            item.name === undefined ? '' : `"${item.name}"`,
            item.checksum === undefined ? '' : `sha256=${item.checksum.hex}`,
          ];
          return [item.url, ...(nameFirst ? words : words.toReversed())].join(' ');
        });
        expect(listed(lines.join(end)).items).toEqual(all);
      }),
    );
  });

  it.each([
    ['a.iso', "expected an address (https://...) or a line of a SHA256SUMS file, got 'a.iso'"],
    [A, 'expected an address (https://...) or a line of a SHA256SUMS file'],
    ['me:secret@host/a', "got '...@host/a'"],
    ['\x1b[31m', "got '?[31m'"],
    ['ftp://me:secret@example.org/a', 'ftp:// is not supported'],
    ['http://', 'expected a URL'],
    [`${URL_A} ${A}`, 'a checksum needs the word of its kind: write sha256=aaaaaaaa...'],
    [`${URL_A} sha256=12`, 'expected 64 hexadecimal digits after sha256=, got 2 digits'],
    [`${URL_A} crc32=12`, 'expected a checksum like sha256='],
    [`${URL_A} a b`, "got a second name: 'b'; a name with spaces stands in double quotes"],
    [`${URL_A} sha256=${A} sha256=${A}`, 'got a second checksum'],
    [`${URL_A} "a b`, 'expected a name in two double quotes, like "a b.iso", got \'"a b\''],
    [`${URL_A} "a"b`, 'expected a name in two double quotes'],
    [`${URL_A} ../a`, 'expected one file name without folders'],
    [`${URL_A} ""`, 'expected one file name'],
  ])('refuses %j and says where', (line, sentence) => {
    const text = `# one\n\n${line}\n`;
    expect(() => listed(text)).toThrow(UsageError);
    expect(() => listed(text)).toThrow(/^list\.txt, line 3: \P{Cc}*$/u);
    expect(() => listed(text)).toThrow(sentence);
    expect(() => listed(text)).not.toThrow('secret');
  });

  it('refuses two checksums of one kind for one file, and takes the longer of two kinds', () => {
    expect(() => listed(`${A}  a\n${B}  ./a`)).toThrow(
      "list.txt, line 2: there are two different sha256 checksums for 'a'",
    );
    expect([...listed(`${A}  a\n${A}  a\n${'c'.repeat(32)}  a`).checksums]).toEqual([['a', SUM_A]]);
  });

  it('refuses more than 10 MB, and more than 100,000 files', () => {
    expect(() => listed('#'.repeat(10_000_001))).toThrow('list.txt: a list has at most 10 MB');
    expect(() => listed('http://a/b\n'.repeat(100_001))).toThrow(
      'list.txt: a list has at most 100,000 files, this one has 100,001',
    );
  });

  it('of any text is read or refused with a sentence, and nothing else happens', () => {
    const unit = fc.constantFrom('http://a/b', 'sha256=', A, ' ', '"', '\n', '\\', 'x', '#', '\0');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        try {
          listed(text);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});

describe('the items of lists', () => {
  const sums = listed(`${A}  a.iso\n${B}  more/b c.iso\n`);

  it('are those that were given, then those of the lists', () => {
    const { items, warnings } = itemsOf([listed(URL_A)], [{ url: 'http://one.org/x' }], undefined);
    expect(items.map((item) => item.url)).toEqual(['http://one.org/x', URL_A]);
    expect(warnings).toEqual([]);
  });

  it('take the checksum that is listed for their name, chosen or of the address', () => {
    const { items, warnings } = itemsOf(
      [sums],
      [{ url: URL_A }, { url: 'http://one.org/x', name: 'b c.iso' }],
      undefined,
    );
    expect(items.map((item) => item.checksum)).toEqual([SUM_A, SUM_B]);
    expect(warnings).toEqual([]);
  });

  it('are named once where no checksum is listed for them', () => {
    const urls = [URL_A, ...['1', '2', '3', '4', '5'].map((name) => `http://one.org/${name}`)];
    const { warnings } = itemsOf(
      [sums],
      urls.map((url) => ({ url })),
      undefined,
    );
    expect(warnings).toEqual(['no line of the list of checksums is for 1, 2, 3 and 2 more']);
  });

  it.each(['https://example.org/files', 'https://example.org/files/'])(
    'are, under %s, also the lines that no item has taken',
    (baseUrl) => {
      const { items, warnings } = itemsOf([sums], [{ url: 'http://one.org/a.iso' }], baseUrl);
      expect(items).toEqual([
        { url: 'http://one.org/a.iso', checksum: SUM_A },
        { url: 'https://example.org/files/more/b%20c.iso', name: 'b c.iso', checksum: SUM_B },
      ]);
      expect(warnings).toEqual([]);
    },
  );

  it('must be some that the checksums are for', () => {
    for (const urls of [[], [{ url: 'http://one.org/x' }]]) {
      expect(() => itemsOf([sums], urls, undefined)).toThrow(UsageError);
      expect(() => itemsOf([sums], urls, undefined)).toThrow(
        'give the addresses of the files, or --base-url',
      );
    }
  });

  it('have no two different checksums', () => {
    const other = { url: URL_A, checksum: SUM_B };
    expect(() => itemsOf([sums], [other], undefined)).toThrow(
      "two different sha256 checksums for 'a.iso'",
    );
    expect(() => itemsOf([sums, listed(`${B}  a.iso`)], [], undefined)).toThrow(UsageError);
  });

  it('tell files of one name in two folders apart by their address', () => {
    const two = listed(`${A}  x/a\n${B}  y/a`);
    const { items } = itemsOf([two], [{ url: 'http://one.org/y/a' }], undefined);
    expect(items[0]?.checksum).toEqual(SUM_B);
    expect(() => itemsOf([two], [{ url: 'http://one.org/a' }], undefined)).toThrow(UsageError);
  });

  it.each(['../a', '/a', 'x/../../a', 'x//a', 'x/', '.'])(
    'do not lead out of the folder of --base-url: %j',
    (name) => {
      expect(() => itemsOf([listed(`${A}  ${name}`)], [], 'http://one.org/')).toThrow(
        'expected names of files below --base-url',
      );
    },
  );

  it('need a folder for --base-url', () => {
    expect(() => itemsOf([sums], [], 'http://one.org/?a=1')).toThrow('the address of a folder');
    expect(() => itemsOf([sums], [], 'one.org')).toThrow('expected a URL');
  });

  it('lie under --base-url whatever their names hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), (name) => {
        const list = {
          items: [],
          checksums: new Map([[name, { algorithm: 'md5', hex: '0' } as const]]),
        };
        try {
          const [item] = itemsOf([list], [], 'http://one.org/files/').items;
          expect(new URL(item?.url ?? '').href).toMatch(/^http:\/\/one\.org\/files\/[^?#]+$/);
        } catch (thrown) {
          if (!(thrown instanceof UsageError)) throw thrown;
        }
      }),
    );
  });
});
