import { unwatchFile, watchFile } from 'node:fs';
import type { Milliseconds } from '../core/units.js';

// Events of the file system do not come from network mounts and from the other side of a virtual machine, and are about a file that a
// saved one has replaced. Looking at a few files is cheap and works everywhere.
const LOOK_EVERY_MS: Milliseconds = 100;

/** Calls `changed` whenever one of the files is written, replaced, deleted or there again; returns what ends that. */
export function watchFiles(paths: readonly string[], changed: () => void): () => void {
  const listener = (): void => changed();
  for (const path of paths) watchFile(path, { interval: LOOK_EVERY_MS, bigint: true }, listener);
  return () => {
    for (const path of paths) unwatchFile(path, listener);
  };
}
