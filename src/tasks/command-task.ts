import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { monotonicNow } from '../core/clock.js';
import { messageOf, UsageError } from '../core/errors.js';
import { formatDuration } from '../core/format-units.js';
import { TaskError } from '../core/task-error.js';
import type { Milliseconds } from '../core/units.js';
import { localBlockingTask, localTask, type BlockingTask, type Task } from './task.js';

/** Running a command to its end as a task. There is no shell in between, and what it prints is dropped. */
export interface CommandTaskSpec {
  readonly kind: 'command';
  readonly command: string;
  readonly words: readonly string[];
  /** How long it may run; for ever when that is `undefined`. */
  readonly timeoutMs: Milliseconds | undefined;
}

const KEPT_CHARACTERS = 2000;

/**
 * The task of running a command.
 *
 * @throws {UsageError} when there is none.
 */
export function commandTask(
  [command, ...words]: readonly string[],
  timeoutMs?: Milliseconds,
): CommandTaskSpec {
  if (command !== undefined && command !== '') {
    return { kind: 'command', command, words, timeoutMs };
  }
  throw new UsageError('expected a command after --, like: -- sleep 0.2');
}

/** Opens the task for commands that run while the thread is free. */
export function openCommandTask(spec: CommandTaskSpec): Task {
  const { command, words, timeoutMs: timeout } = spec;
  const running = new Set<ChildProcess>();
  const call = async (): Promise<{ status: number; value: undefined }> => {
    const beganMs = monotonicNow();
    const child = spawn(command, words, {
      stdio: ['ignore', 'ignore', 'pipe'],
      killSignal: 'SIGKILL',
      timeout,
    });
    running.add(child);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-KEPT_CHARACTERS);
    });
    try {
      const ending = await new Promise<Ending>((resolve) => {
        child.once('error', (error) => resolve({ error, code: null, signal: null }));
        child.once('close', (code, signal) => resolve({ error: undefined, code, signal }));
      });
      return judgeEnding(spec, { ...ending, said, tookMs: monotonicNow() - beganMs });
    } finally {
      running.delete(child);
    }
  };
  return localTask(call, () => {
    for (const child of running) child.kill('SIGKILL');
  });
}

/** Opens the task for commands that block the thread while they run. */
export function openBlockingCommandTask(spec: CommandTaskSpec): BlockingTask {
  const { command, words, timeoutMs: timeout } = spec;
  return localBlockingTask(() => {
    const beganMs = monotonicNow();
    const { error, status, signal, stderr } = spawnSync(command, words, {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      killSignal: 'SIGKILL',
      timeout,
    });
    const tookMs = monotonicNow() - beganMs;
    return judgeEnding(spec, { error, code: status, signal, said: stderr ?? '', tookMs });
  });
}

interface Ending {
  readonly error: Error | undefined;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

function judgeEnding(
  { command, timeoutMs }: CommandTaskSpec,
  { error, code, signal, said, tookMs }: Ending & { said: string; tookMs: Milliseconds },
): { status: number; value: undefined } {
  if (code === 0) return { status: 0, value: undefined };
  if (signal === 'SIGKILL' && timeoutMs !== undefined && tookMs >= timeoutMs) {
    const limit = formatDuration(timeoutMs);
    throw new TaskError('TIMEOUT', `${command} did not end within ${limit}; --timeout allows more`);
  }
  if (error !== undefined) {
    const isMissing = 'code' in error && error.code === 'ENOENT';
    const why = isMissing ? 'there is no such command' : messageOf(error);
    throw new TaskError('BAD_TASK', `${command} could not be started: ${why}`);
  }
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  const last = said.trimEnd().split('\n').at(-1) ?? '';
  throw new TaskError(
    'COMMAND_FAILED',
    `${command} ended ${how}${last === '' ? '' : `: ${last.slice(0, 200)}`}`,
  );
}
