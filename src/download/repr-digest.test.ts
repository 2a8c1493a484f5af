import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksumOfReprDigest } from './repr-digest.js';

function hashed(algorithm: string): { base64: string; hex: string } {
  const hash = createHash(algorithm).update('hello');
  return { base64: hash.copy().digest('base64'), hex: hash.digest('hex') };
}

const [short, long] = [hashed('sha256'), hashed('sha512')];
const SHA256 = { algorithm: 'sha256', hex: short.hex };
const SHA512 = { algorithm: 'sha512', hex: long.hex };

describe('Repr-Digest', () => {
  it.each([
    ['one', `sha-256=:${short.base64}:`, SHA256],
    ['the longer of two', `sha-256=:${short.base64}:, sha-512=:${long.base64}:`, SHA512],
    ['the same the other way round', `sha-512=:${long.base64}:,sha-256=:${short.base64}:`, SHA512],
    ['one beside an unknown one', `md5=:AAAA:, sha-256=:${short.base64}:`, SHA256],
    ['one behind a string with a comma', `a="x, y", sha-256=:${short.base64}:`, SHA256],
    ['one behind a list and a bare key', `a=(1 2);q=1, b, sha-256=:${short.base64}:`, SHA256],
    ['one with a parameter', `sha-256=:${short.base64}:;q=0.5`, SHA256],
    ['the later of two of a kind', `sha-256=:AAAA:, sha-256=:${short.base64}:`, SHA256],
    ['one when the longer one is too short', `sha-512=:AAAA:, sha-256=:${short.base64}:`, SHA256],
    ['none where there is none', undefined, undefined],
    ['none in an empty field', '', undefined],
    ['none of other kinds', 'md5=:AAAA:', undefined],
    ['none of the wrong length', 'sha-256=:AAAA:', undefined],
    ['none that is no byte sequence', `sha-256=${short.hex}`, undefined],
    ['none in a field that ends in a comma', `sha-256=:${short.base64}:,`, undefined],
    ['none before what cannot be read', `sha-256=:${short.base64}:, =`, undefined],
    ['none in the old form of Digest', `SHA-256=${short.base64}`, undefined],
  ])('has %s', (_, field, checksum) => {
    expect(checksumOfReprDigest(field)).toEqual(checksum);
  });

  it('is read from any text without an error', () => {
    const unit = fc.constantFrom(...Array.from('sha-256=:;,"() \\A'), '\t', 'é');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (field) => {
        expect(checksumOfReprDigest(field)).toBe(undefined);
      }),
    );
  });
});
