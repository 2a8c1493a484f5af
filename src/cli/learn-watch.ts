import { statSync } from 'node:fs';
import type { Milliseconds } from '../core/units.js';

// Events of the file system do not come from network mounts and from the other side of a virtual machine, and are about a file that a
// saved one has replaced. Looking at a few files is cheap and works everywhere.
const LOOK_EVERY_MS: Milliseconds = 100;

/**
 * Calls `changed` whenever one of the files is written, replaced, deleted or there again, or others are the files; returns what
 * ends that. How they are at the call is what the first change is from.
 */
export function watchFiles(files: () => readonly string[], changed: () => void): () => void {
  let before = stampOf(files());
  const looking = setInterval(() => {
    const now = stampOf(files());
    if (now === before) return;
    before = now;
    changed();
  }, LOOK_EVERY_MS);
  return () => clearInterval(looking);
}

function stampOf(paths: readonly string[]): string {
  return paths.map((path) => `${path} ${stampOfFile(path)}`).join('\n');
}

function stampOfFile(path: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch {
    return 'not there';
  }
}
