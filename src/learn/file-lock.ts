import { mkdirSync, rmSync, statSync } from 'node:fs';
import type { Milliseconds } from '../core/units.js';
import { orRefuse } from './write-refusal.js';

// What is done alone takes a few milliseconds.
const WAIT_MS: Milliseconds = 5;
const MOST_WAITS = 400;

/**
 * Does with a file what must not be done by two processes at once, such as reading and writing it anew: the others wait. One and
 * the same lock that is there for two seconds has been left behind by a process that was killed, and is taken over.
 *
 * @throws {UsageError} when the folder of the file cannot be written to.
 */
export function alone<Result>(path: string, act: () => Result): Result {
  const lock = `${path}.lock`;
  const remove = (): void => orRefuse(path, () => rmSync(lock, { force: true, recursive: true }));
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  let waits = 0;
  let seen: string | undefined;
  while (!isTaken(path, lock)) {
    const now = identityOf(lock);
    [seen, waits] = [now, now === seen ? waits + 1 : 0];
    if (waits < MOST_WAITS) Atomics.wait(sleeper, 0, 0, WAIT_MS);
    else remove();
  }
  try {
    return act();
  } finally {
    remove();
  }
}

// A lock that is there again is another one.
function identityOf(lock: string): string | undefined {
  const found = statSync(lock, { bigint: true, throwIfNoEntry: false });
  return found && `${found.ino} ${found.ctimeNs}`;
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
