import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import type { Milliseconds } from '../core/units.js';
import { formatJournal, parseJournal, type Journal } from './journal.js';

const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
// To open a pipe would wait for somebody to write into it.
const NO_WAIT = constants.O_NONBLOCK ?? 0;

/** A journal that was found. */
export interface FoundJournal {
  readonly journal: Journal;
  /** When it was written, in milliseconds since 1970. */
  readonly writtenMs: Milliseconds;
}

/**
 * The journal at `path`; `undefined` where there is none, or a symbolic link, or something that is no journal. Throws what the
 * system says where it cannot be read, as with too many open files: its part must not be taken for nothing then.
 */
export function readJournal(path: string): FoundJournal | undefined {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | NO_FOLLOW | NO_WAIT);
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    if (code === 'ENOENT' || code === 'ELOOP') return undefined;
    throw error;
  }
  try {
    const journal = parseJournal(readFileSync(fd, 'utf8'));
    return journal === undefined ? undefined : { journal, writtenMs: fstatSync(fd).mtimeMs };
  } finally {
    closeSync(fd);
  }
}

/**
 * Replaces the journal at `path`: a reader sees the one before or this one, never a half. The temporary file is made anew, so
 * no symbolic link is followed. Throws what the system says.
 */
export function writeJournal(path: string, journal: Journal): void {
  const beside = besideOf(path);
  removeIfThere(beside);
  try {
    writeFileSync(beside, formatJournal(journal), { flag: 'wx' });
    renameSync(beside, path);
  } catch (error) {
    removeIfThere(beside);
    throw error;
  }
}

/** Says that the part beside is ours, of which nothing is known, where no journal says more. Nothing happens where it cannot. */
export function claimPart(path: string): void {
  try {
    writeFileSync(path, '', { flag: 'wx' });
  } catch {
    // There is one, or whoever writes the next one will say what is wrong.
  }
}

/** Removes a journal, and half a new one that a process left beside it when it was killed. */
export function removeJournal(path: string): void {
  removeIfThere(besideOf(path));
  removeIfThere(path);
}

function besideOf(path: string): string {
  return `${path}.tmp`;
}

/** Removes a file; throws what the system says, unless there is none. */
export function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'ENOENT') throw error;
  }
}
