import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, type Stats } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DownloadError } from '../core/download-error.js';
import type { Checksum } from '../core/download.js';
import { formatCount } from '../core/format-units.js';
import type { BatchContext } from './batch-context.js';
import { formatChecksum } from './checksum.js';
import type { FileState } from './file-state.js';
import { askForHead } from './head-request.js';
import { checksumOfReprDigest } from './repr-digest.js';

/** Whether there is anything under a name, a symbolic link to nowhere included. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/**
 * Looks whether what is there under the final name is the file, and leaves it as it is: by the checksum of the list,
 * otherwise by what the server says of the file without sending it, its checksum or its length.
 *
 * @throws {DownloadError} `EXISTS` when it is something else.
 */
export async function checkPresentFile(
  path: string,
  state: FileState,
  context: BatchContext,
): Promise<void> {
  const { file } = state;
  const there = lstatSync(path);
  if (!there.isFile()) throw inTheWay(`${kindOf(there)} of that name is there`);
  const head = file.checksum === undefined ? await askForHead(file, context) : undefined;
  const expected = file.checksum ?? checksumOfReprDigest(head?.reprDigest);
  if (expected !== undefined) {
    const found = await checksumOf(path, expected);
    if (found.hex !== expected.hex) {
      const whose = file.checksum === undefined ? 'that of the server' : 'the one of the list';
      throw inTheWay(
        `the file that is there has ${formatChecksum(found)}, ${whose} ${formatChecksum(expected)}`,
      );
    }
    state.checksum = expected;
    state.proof = file.checksum === undefined ? 'server' : 'list';
  } else if (head?.contentLength !== undefined) {
    if (head.contentLength !== there.size) {
      throw inTheWay(
        `the file that is there has ${formatCount(there.size)} bytes, that of the server ${formatCount(head.contentLength)}`,
      );
    }
    state.proof = 'length';
  }
  state.sizeBytes = there.size;
  state.receivedBytes = there.size;
  state.outcome = 'present';
}

function inTheWay(found: string): DownloadError {
  return new DownloadError('EXISTS', `${found}; move it away, or replace it with --overwrite`);
}

function kindOf(there: Stats): string {
  if (there.isDirectory()) return 'a folder';
  return there.isSymbolicLink() ? 'a symbolic link' : 'something that is no file';
}

async function checksumOf(path: string, { algorithm }: Checksum): Promise<Checksum> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return { algorithm, hex: hash.digest('hex') };
}
