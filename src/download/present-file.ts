import { createHash } from 'node:crypto';
import { createReadStream, lstatSync } from 'node:fs';
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
  refuseWhatIsNoFile(path);
  if (there.isSymbolicLink()) throw inTheWay('a symbolic link of that name is there');
  const head = file.checksum === undefined ? await askForHead(file, context) : undefined;
  const expected = file.checksum ?? checksumOfReprDigest(head?.reprDigest);
  if (expected !== undefined) {
    const found = await checksumOf(path, expected, context.signal);
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

/**
 * Looks whether what is there under the final name, if anything, is a file or a symbolic link, which can be replaced.
 *
 * @throws {DownloadError} `EXISTS` when it is something else.
 */
export function refuseWhatIsNoFile(path: string): void {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined || there.isFile() || there.isSymbolicLink()) return;
  const kind = there.isDirectory() ? 'a folder' : 'something that is no file';
  throw new DownloadError('EXISTS', `${kind} of that name is there; move it away`);
}

async function checksumOf(
  path: string,
  { algorithm }: Checksum,
  signal: AbortSignal,
): Promise<Checksum> {
  const hash = createHash(algorithm);
  try {
    await pipeline(createReadStream(path), hash, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  return { algorithm, hex: hash.digest('hex') };
}
