import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { messageOf, UsageError } from '../core/errors.js';
import { TaskError } from '../core/task-error.js';
import { localBlockingTask, localTask, type BlockingTask, type Task } from './task.js';

/** Running a command to its end as a task. There is no shell in between, and what it prints is dropped. */
export interface CommandTaskSpec {
  readonly kind: 'command';
  readonly command: string;
  readonly words: readonly string[];
}

const KEPT_CHARACTERS = 2000;

/**
 * The task of running a command.
 *
 * @throws {UsageError} when there is none.
 */
export function commandTask([command, ...words]: readonly string[]): CommandTaskSpec {
  if (command !== undefined && command !== '') return { kind: 'command', command, words };
  throw new UsageError("expected a command after 'command --', like command -- sleep 0.2");
}

/** Opens the task for commands that run while the thread is free. */
export function openCommandTask({ command, words }: CommandTaskSpec): Task {
  const running = new Set<ChildProcess>();
  const call = async (): Promise<{ status: number; value: undefined }> => {
    const child = spawn(command, words, { stdio: ['ignore', 'ignore', 'pipe'] });
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
      return judgeEnding(command, ending, said);
    } finally {
      running.delete(child);
    }
  };
  return localTask(call, () => {
    for (const child of running) child.kill('SIGKILL');
  });
}

/** Opens the task for commands that block the thread while they run. */
export function openBlockingCommandTask({ command, words }: CommandTaskSpec): BlockingTask {
  return localBlockingTask(() => {
    const { error, status, signal, stderr } = spawnSync(command, words, {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    return judgeEnding(command, { error, code: status, signal }, stderr ?? '');
  });
}

interface Ending {
  readonly error: Error | undefined;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

function judgeEnding(
  command: string,
  { error, code, signal }: Ending,
  said: string,
): { status: number; value: undefined } {
  if (code === 0) return { status: 0, value: undefined };
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
