import { UsageError } from '../../core/errors.js';
import type { Bytes, Milliseconds } from '../../core/units.js';
import type { Handle } from '../handle.js';
import { StreamClosedError } from '../streams/stream-errors.js';
import { SystemError } from '../system/system-error.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { currentLoop } from '../tasks/running.js';
import { taskGroup } from '../tasks/task-group.js';
import { startOwnedTask, type Task } from '../tasks/task.js';
import { checkDuration } from './check-duration.js';
import type { ChildProcess } from './child-process.js';
import { collect } from './collect.js';
import type { ExitStatus } from './exit-status.js';
import type { InputStream } from './input-stream.js';
import type { SpawnOptions } from './spawn-options.js';
import { spawn } from './spawn.js';

/** How to run a process. */
export interface RunProcessOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'ownGroup'> {
  /** What it reads from its stdin: nothing unless said otherwise. It need not read all of it. */
  readonly input?: string | Uint8Array;
  /** Most bytes that are kept of its stdout, and of its stderr: 64 MiB unless said otherwise. */
  readonly mostBytes?: Bytes;
  /** How long it has, after SIGTERM, to end by itself when it is given up: 5 s unless said otherwise. */
  readonly graceMs?: Milliseconds;
  /**
   * How long is read on after its end, when others whom it started still have its pipes: 100 ms unless said otherwise. What
   * it wrote itself is there by then.
   */
  readonly drainMs?: Milliseconds;
}

/** What came of a process. */
export interface ProcessResult {
  readonly status: ExitStatus;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

const MOST_BYTES: Bytes = 64 * 1024 * 1024;
const GRACE_MS: Milliseconds = 5000;
const DRAIN_MS: Milliseconds = 100;

/**
 * Runs a process to its end and brings what it wrote, as `spawn` starts one. A code other than 0 is no failure here. Given
 * up, it is stopped (`ChildProcess.stop`), and has ended when the task has. Fails as `spawn` throws, and with an
 * `OutputLimitError`, for which the process is stopped too.
 */
export function runProcess(
  command: string,
  args: readonly string[] = [],
  options: RunProcessOptions = {},
): Task<ProcessResult> {
  return startOwnedTask(() => runSteps(command, args, options), { name: command });
}

function* runSteps(
  command: string,
  args: readonly string[],
  options: RunProcessOptions,
): Coroutine<ProcessResult> {
  const { input, mostBytes = MOST_BYTES, graceMs = GRACE_MS, drainMs = DRAIN_MS } = options;
  checkDuration('graceMs', graceMs);
  checkDuration('drainMs', drainMs);
  if (!(mostBytes >= 0)) throw new UsageError(`expected a number of bytes, got ${mostBytes}`);
  const stdin = input === undefined ? 'ignore' : 'pipe';
  const child = spawn(command, args, { ...options, stdin, stdout: 'pipe', stderr: 'pipe' });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  let drain: Handle | undefined;
  try {
    const status = yield* taskGroup(function* untilEnd(group) {
      if (input !== undefined) group.start(() => feed(child, input));
      group.start(() => keep(child.stdout, stdout, mostBytes));
      group.start(() => keep(child.stderr, stderr, mostBytes));
      const ended = yield* child.wait();
      drain = currentLoop().callLater(drainMs, () => child.close());
      return ended;
    });
    return { status, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) };
  } finally {
    drain?.cancel();
    if (child.status === undefined) yield* child.stop(graceMs);
    else child.close();
  }
}

function* keep(stream: InputStream, pieces: Buffer[], mostBytes: Bytes): Coroutine<void> {
  try {
    yield* collect(() => stream.read(), pieces, mostBytes);
  } catch (error) {
    // Closed by us, when the time after the end is over.
    if (!(error instanceof StreamClosedError)) throw error;
  }
}

function* feed(child: ChildProcess, input: string | Uint8Array): Coroutine<void> {
  try {
    yield* child.stdin.write(input);
    yield* child.stdin.end();
  } catch (error) {
    const isUnread = error instanceof SystemError && error.code === 'EPIPE';
    if (!isUnread && !(error instanceof StreamClosedError)) throw error;
  }
}
