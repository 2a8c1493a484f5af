import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKSUM_ALGORITHMS, type Checksum } from '../core/download.js';
import { UsageError } from '../core/errors.js';
import { checksumOfHex, formatChecksum, parseChecksum } from './checksum.js';

const DIGITS = { sha256: 64, sha512: 128, sha384: 96, sha1: 40, md5: 32 };
const CHECKSUMS: fc.Arbitrary<Checksum> = fc
  .constantFrom(...CHECKSUM_ALGORITHMS)
  .chain((algorithm) =>
    fc
      .string({
        unit: fc.constantFrom(...Array.from('0123456789abcdef')),
        minLength: DIGITS[algorithm],
        maxLength: DIGITS[algorithm],
      })
      .map((hex) => ({ algorithm, hex })),
  );

describe('a checksum', () => {
  it('is read as it is written, and with a colon, capitals or a hyphen', () => {
    fc.assert(
      fc.property(CHECKSUMS, (checksum) => {
        const text = formatChecksum(checksum);
        expect(parseChecksum(text)).toEqual(checksum);
        expect(parseChecksum(text.toUpperCase().replace('=', ':'))).toEqual(checksum);
        expect(parseChecksum(text.replace(/^sha/, 'SHA-'))).toEqual(checksum);
      }),
    );
  });

  it('is recognised by how many digits it has where it has no word', () => {
    fc.assert(
      fc.property(CHECKSUMS, (checksum) => {
        expect(checksumOfHex(checksum.hex)).toEqual(checksum);
      }),
    );
    expect(checksumOfHex('ab')).toBe(undefined);
    expect(checksumOfHex('g'.repeat(64))).toBe(undefined);
  });

  it.each([
    ['a'.repeat(64), /needs the word of its kind: write sha256=aaaaaaaa/],
    ['a'.repeat(128), /write sha512=/],
    ['a'.repeat(40), /write sha1=/],
    ['a'.repeat(32), /write md5=/],
    [`sha256=${'a'.repeat(63)}`, /expected 64 hexadecimal digits after sha256=, got 63 digits/],
    ['sha256=', /got 0 digits/],
    [`sha256=${'x'.repeat(64)}`, /expected 64 hexadecimal digits/],
    ['crc32=aaaaaaaa', /expected a checksum like sha256=<64 hexadecimal digits>/],
    ['', /expected a checksum/],
  ])('%j is refused with a sentence', (text, sentence) => {
    expect(() => parseChecksum(text)).toThrow(UsageError);
    expect(() => parseChecksum(text)).toThrow(sentence);
  });

  it('is read from any text or refused, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseChecksum(text)).toThrow(UsageError);
      }),
    );
  });
});
