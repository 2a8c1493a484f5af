import type { Checksum } from '../core/download.js';
import { UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';

/**
 * The one to keep of two checksums of one file: that with more digits, which is the harder one to forge.
 *
 * @throws {UsageError} when they are of one kind and differ.
 */
export function strongerChecksum(
  name: string,
  one: Checksum | undefined,
  other: Checksum,
): Checksum {
  if (one === undefined) return other;
  if (one.algorithm === other.algorithm && one.hex !== other.hex) {
    throw new UsageError(
      `there are two different ${one.algorithm} checksums for ${quoted(name)}: ` +
        `${one.hex.slice(0, 8)}... and ${other.hex.slice(0, 8)}...; keep the right one`,
    );
  }
  return one.hex.length >= other.hex.length ? one : other;
}
