import type { Worker } from 'node:worker_threads';
import { messageOf } from '../core/errors.js';
import { formatDuration } from '../core/format-units.js';
import { TaskError } from '../core/task-error.js';
import type { Milliseconds } from '../core/units.js';
import type { ModeMessage, ModeThreadData } from './mode-protocol.js';

/**
 * The first message of a thread.
 *
 * @throws {Error} when the thread throws or ends instead, or says nothing for so long.
 */
export async function firstMessage(worker: Worker, limitMs: Milliseconds): Promise<ModeMessage> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ModeMessage>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
      worker.once('exit', () => reject(new Error('its thread ended; does it call process.exit?')));
      timer = setTimeout(() => {
        reject(new Error(`its thread was not ready within ${formatDuration(limitMs)}`));
      }, limitMs);
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves with the reason when the thread is gone, which it is expected to be only after `terminate`. */
export function lossOf(worker: Worker, { mode, task }: ModeThreadData): Promise<Error> {
  const who = task.kind === 'module' ? `${task.file}, ${mode}` : `the ${mode} mode`;
  return new Promise((resolve) => {
    worker.on('error', (error) => {
      resolve(
        new TaskError('FAILED', `${who}: ${messageOf(error)}, which nothing handled`, 0, error),
      );
    });
    worker.on('exit', () => {
      const why = task.kind === 'module' ? '; does the task call process.exit?' : '';
      resolve(new TaskError('FAILED', `${who}: its thread ended in the midst of a round${why}`));
    });
  });
}
