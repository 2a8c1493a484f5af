import type { BatchContext } from './batch-context.js';
import type { FileState } from './file-state.js';
import type { PartFile } from './part-file.js';

/** Begins a file again from its first byte, and tells why. */
export function restartFile(
  state: FileState,
  part: PartFile,
  context: BatchContext,
  reason: string,
): void {
  const { index, name } = state.file;
  part.restart();
  state.receivedBytes = 0;
  state.restarts.push(reason);
  context.emit({ kind: 'restarted', index, name, reason });
}
