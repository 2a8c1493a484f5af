import { CHECKSUM_ALGORITHMS, type Checksum, type ChecksumAlgorithm } from '../core/download.js';
import { UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';

const HEX_DIGITS: Readonly<Record<ChecksumAlgorithm, number>> = {
  sha256: 64,
  sha512: 128,
  sha384: 96,
  sha1: 40,
  md5: 32,
};

/**
 * Reads a checksum with the word of its kind: `sha256=<64 hexadecimal digits>`, also with a colon.
 *
 * @throws {UsageError} when it is none, or has too many or too few digits.
 */
export function parseChecksum(text: string): Checksum {
  const bare = checksumOfHex(text);
  if (bare !== undefined) {
    throw new UsageError(
      `a checksum needs the word of its kind: write ${bare.algorithm}=${text.slice(0, 8)}...`,
    );
  }
  const [, word = '', hex = ''] = /^([a-z0-9-]+)[=:](.*)$/is.exec(text) ?? [];
  const algorithm = algorithmOf(word);
  if (algorithm === undefined) {
    throw new UsageError(
      `expected a checksum like sha256=<64 hexadecimal digits> ` +
        `(${CHECKSUM_ALGORITHMS.join(', ')}), got ${quoted(text)}`,
    );
  }
  const checksum = checksumOf(algorithm, hex);
  if (checksum !== undefined) return checksum;
  const what = /^[0-9a-f]*$/i.test(hex) ? `${hex.length} digits` : quoted(hex);
  throw new UsageError(
    `expected ${HEX_DIGITS[algorithm]} hexadecimal digits after ${algorithm}=, got ${what}`,
  );
}

/** The algorithm that a word means, such as `sha256`, `SHA256` or `sha-256`; `undefined` when it means none. */
export function algorithmOf(word: string): ChecksumAlgorithm | undefined {
  const plain = word.toLowerCase().replace(/^sha-/, 'sha');
  return CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === plain);
}

/** The checksum of this algorithm with these hexadecimal digits; `undefined` when they are not as many as it has. */
export function checksumOf(algorithm: ChecksumAlgorithm, hex: string): Checksum | undefined {
  if (hex.length !== HEX_DIGITS[algorithm] || !/^[0-9a-f]+$/i.test(hex)) return undefined;
  return { algorithm, hex: hex.toLowerCase() };
}

/** The checksum that a bare number must be, by how many hexadecimal digits it has; `undefined` when it is none. */
export function checksumOfHex(hex: string): Checksum | undefined {
  const algorithm = CHECKSUM_ALGORITHMS.find((each) => HEX_DIGITS[each] === hex.length);
  return algorithm === undefined ? undefined : checksumOf(algorithm, hex);
}

/** A checksum as it is written: `sha256=…`. */
export function formatChecksum({ algorithm, hex }: Checksum): string {
  return `${algorithm}=${hex}`;
}
