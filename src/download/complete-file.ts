import { DownloadError } from '../core/download-error.js';
import { formatChecksum } from './checksum.js';
import type { FileState } from './file-state.js';
import type { PartFile } from './part-file.js';

/**
 * Holds a file of which all bytes are there against its checksum, where one is known.
 *
 * @throws {DownloadError} `CHECKSUM` when it has another one.
 */
export async function checkCompleteFile(
  state: FileState,
  part: PartFile,
  signal: AbortSignal,
): Promise<void> {
  const { file } = state;
  const { checksum } = part.version;
  const hex = await part.digest(signal);
  if (checksum === undefined || hex === undefined) {
    state.proof = state.sizeBytes === undefined ? 'nothing' : 'length';
  } else if (hex === checksum.hex) {
    state.proof = file.checksum === undefined ? 'server' : 'list';
    state.checksum = checksum;
  } else {
    const whose = file.checksum === undefined ? 'the server says' : 'expected';
    const came = formatChecksum({ ...checksum, hex });
    throw new DownloadError(
      'CHECKSUM',
      `what came has ${came}, ${whose} ${formatChecksum(checksum)}`,
      { mayPass: true },
    );
  }
  state.sizeBytes = part.length;
}
