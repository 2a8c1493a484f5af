import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DownloadError } from '../core/download-error.js';
import { messageOf } from '../core/errors.js';
import { isLockOwnerAlive, lockOwnerIn, ownLockText, type LockOwner } from './lock-owner.js';

/** A lock on a file that this process holds. */
export interface FileLock {
  /** Whether the lock of a process that was killed was there before. */
  readonly wasLeftBehind: boolean;
  release(): void;
}

// Between making a lock and writing into it its owner may be interrupted, and a reader sees nothing for so long.
const EMPTY_LOOKS = 5;
const BETWEEN_LOOKS_MS = 20;
// Locks are taken over by several processes at once only after a crash of all of them.
const MOST_TRIES = 20;
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
// To open a pipe would wait for somebody to write into it.
const NO_WAIT = constants.O_NONBLOCK ?? 0;

/**
 * Takes the lock `path`, a file that names the process that holds it. One whose process is gone is taken over: a killed
 * process cannot release it. A process is told by its number and, on Linux, by when it started, since numbers come again.
 * That of another machine or container with the same folder cannot be asked for: its lock counts until nothing has happened
 * to it or to `beside`, the file it is for, for ten minutes.
 * `beforeTakeOver` is called while the lock of the process that is gone is still there: between its end and the next lock a
 * third process may come, who sees nothing of it.
 *
 * @throws {DownloadError} `LOCKED` when another process has it, `DISK` or `DISK_FULL` when it cannot be made.
 */
export async function takeFileLock(
  path: string,
  beside: string,
  beforeTakeOver: () => void = () => {},
): Promise<FileLock> {
  let wasLeftBehind = false;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (makeLock(path)) return { wasLeftBehind, release: () => releaseLock(path) };
    const text = await readLock(path);
    // It was released between the two looks.
    if (text === undefined) continue;
    const owner = lockOwnerIn(text);
    if (owner !== undefined && isLockOwnerAlive(owner, [path, beside])) throw locked(owner);
    beforeTakeOver();
    if (setAside(path, text)) wasLeftBehind = true;
  }
  throw locked(undefined);
}

// All say the same, so one is as good as another to be linked to.
const held = new Set<string>();

function makeLock(path: string): boolean {
  const isMade = linkLock(path) ?? createLock(path);
  if (isMade) held.add(path);
  return isMade;
}

function releaseLock(path: string): void {
  held.delete(path);
  removeQuietly(path);
}

// Another name for a lock in the same folder costs 30 µs, where a new file may cost ext4 a millisecond. `undefined` where
// there is none, or the file system has no hard links.
function linkLock(path: string): boolean | undefined {
  const folder = dirname(path);
  for (const other of held) {
    if (dirname(other) !== folder) continue;
    try {
      linkSync(other, path);
      // For whoever looks from another machine when something last happened to it.
      utimesSync(path, new Date(), new Date());
      return true;
    } catch (error) {
      return codeOf(error) === 'EEXIST' ? false : undefined;
    }
  }
  return undefined;
}

function createLock(path: string): boolean {
  let fd: number;
  try {
    fd = openSync(path, 'wx');
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(fd, ownLockText());
  } catch (error) {
    removeQuietly(path);
    throw error;
  } finally {
    closeSync(fd);
  }
  return true;
}

async function readLock(path: string): Promise<string | undefined> {
  for (let look = 1; ; look += 1) {
    const text = readNow(path);
    if (text !== '' || look === EMPTY_LOOKS) return text;
    await pause(BETWEEN_LOOKS_MS);
  }
}

function readNow(path: string): string | undefined {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | NO_FOLLOW | NO_WAIT);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new DownloadError(
      'LOCKED',
      `its lock ${path} cannot be read (${messageOf(error)}); remove it if nothing else downloads this file`,
      { cause: error },
    );
  }
  try {
    return readFileSync(fd, 'utf8');
  } finally {
    closeSync(fd);
  }
}

// Two processes may find the same lock without an owner; whoever moved another one than it read puts that back.
function setAside(path: string, text: string): boolean {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
  const isTheOne = readNow(aside) === text;
  if (!isTheOne) linkQuietly(aside, path);
  removeQuietly(aside);
  return isTheOne;
}

function locked(owner: LockOwner | undefined): DownloadError {
  const where = owner === undefined || owner.host === hostname() ? '' : ` on ${owner.host}`;
  const who = owner === undefined ? 'another process' : `process ${owner.pid}${where}`;
  return new DownloadError('LOCKED', `${who} is downloading this file already`);
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is gone, which is what was wanted, or in nobody's hand.
  }
}

function linkQuietly(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // A third process has made its own meanwhile.
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error ? Reflect.get(error, 'code') : undefined;
}
