import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { DownloadError } from '../core/download-error.js';
import { messageOf } from '../core/errors.js';

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
// Longer than any pause before a retry.
const SILENT_MS = 600_000;
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/**
 * Takes the lock `path`, a file that names the process that holds it. One whose process is gone is taken over: a killed
 * process cannot release it. A process is told by its number and, on Linux, by when it started, since numbers come again.
 * That of another machine or container with the same folder cannot be asked for: its lock counts until nothing has happened
 * to it or to `beside`, the file it is for, for ten minutes.
 *
 * @throws {DownloadError} `LOCKED` when another process has it, `DISK` or `DISK_FULL` when it cannot be made.
 */
export async function takeFileLock(path: string, beside: string): Promise<FileLock> {
  let wasLeftBehind = false;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (makeLock(path)) return { wasLeftBehind, release: () => removeQuietly(path) };
    const text = await readLock(path);
    // It was released between the two looks.
    if (text === undefined) continue;
    const owner = ownerIn(text);
    if (owner !== undefined && isAlive(owner, [path, beside])) throw locked(owner);
    if (setAside(path, text)) wasLeftBehind = true;
  }
  throw locked(undefined);
}

interface Owner {
  readonly pid: number;
  /** The name of its machine. */
  readonly host: string;
  /** When it started, in ticks since boot; empty where the system does not tell. */
  readonly started: string;
}

let ownText: string | undefined;

function makeLock(path: string): boolean {
  ownText ??= JSON.stringify({
    pid: process.pid,
    host: hostname(),
    started: statusOf(process.pid)?.started ?? '',
  });
  let fd: number;
  try {
    fd = openSync(path, 'wx');
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(fd, ownText);
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
    fd = openSync(path, constants.O_RDONLY | NO_FOLLOW);
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
  const isTheOne = readFileSync(aside, 'utf8') === text;
  if (!isTheOne) linkQuietly(aside, path);
  removeQuietly(aside);
  return isTheOne;
}

function ownerIn(text: string): Owner | undefined {
  try {
    const { pid, host, started }: Record<string, unknown> = Object(JSON.parse(text));
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid < 1) return undefined;
    return {
      pid,
      host: typeof host === 'string' ? host : hostname(),
      started: typeof started === 'string' ? started : '',
    };
  } catch {
    return undefined;
  }
}

function isAlive({ pid, host, started }: Owner, paths: readonly string[]): boolean {
  if (host !== hostname()) {
    const changedMs = paths.map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    return Date.now() - Math.max(...changedMs) < SILENT_MS;
  }

  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process of somebody else is alive, too.
    if (codeOf(error) !== 'EPERM') return false;
  }
  const now = statusOf(pid);
  // A killed process that its parent has not asked for is there as a zombie, and does nothing any more.
  return now === undefined || (!now.isOver && (started === '' || now.started === started));
}

// Fields 3 and 22 of proc(5); the name of the program before them is in parentheses and may hold anything.
function statusOf(pid: number): { isOver: boolean; started: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { isOver: 'ZXx'.includes(fields[0] ?? '?'), started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

function locked(owner: Owner | undefined): DownloadError {
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
