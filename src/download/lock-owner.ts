import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';

// Longer than any pause before a retry.
const SILENT_MS = 600_000;

/** The process that holds a lock. */
export interface LockOwner {
  readonly pid: number;
  /** The name of its machine. */
  readonly host: string;
  /** When it started, in ticks since boot; empty where the system does not tell. */
  readonly started: string;
}

let ownText: string | undefined;

/** What a lock of this process says. */
export function ownLockText(): string {
  ownText ??= JSON.stringify({
    pid: process.pid,
    host: hostname(),
    started: statusOf(process.pid)?.started ?? '',
  });
  return ownText;
}

/** The process that the text of a lock names; `undefined` where it names none. */
export function lockOwnerIn(text: string): LockOwner | undefined {
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

/**
 * Whether the process is there still. One of another machine is taken for alive as long as something happened to one of
 * `paths` within ten minutes.
 */
export function isLockOwnerAlive(
  { pid, host, started }: LockOwner,
  paths: readonly string[],
): boolean {
  if (host !== hostname()) {
    const changedMs = paths.map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    return Date.now() - Math.max(...changedMs) < SILENT_MS;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process of somebody else is alive, too.
    if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'EPERM') return false;
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
