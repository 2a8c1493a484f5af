import { mkdirSync, rmSync } from 'node:fs';
import type { Milliseconds } from '../core/units.js';
import { orRefuse } from './write-refusal.js';

// What is done alone takes a few milliseconds.
const WAIT_MS: Milliseconds = 5;
const MOST_WAITS = 400;

/**
 * Does with a file what must not be done by two processes at once, such as reading and writing it anew: the other waits, for two
 * seconds; a lock that is there still has been left behind by a process that was killed, and is taken over.
 *
 * @throws {UsageError} when the folder of the file cannot be written to.
 */
export function alone<Result>(path: string, act: () => Result): Result {
  const lock = `${path}.lock`;
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (let waits = 0; !isTaken(path, lock); waits += 1) {
    if (waits < MOST_WAITS) Atomics.wait(sleeper, 0, 0, WAIT_MS);
    else rmSync(lock, { force: true, recursive: true });
  }
  try {
    return act();
  } finally {
    rmSync(lock, { force: true, recursive: true });
  }
}

// Of two that make the same folder, one does.
function isTaken(path: string, lock: string): boolean {
  return orRefuse(path, () => {
    try {
      mkdirSync(lock);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    }
  });
}
