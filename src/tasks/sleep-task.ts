import { UsageError } from '../core/errors.js';
import { TaskError } from '../core/task-error.js';
import type { Milliseconds } from '../core/units.js';
import { localBlockingTask, localTask, type BlockingTask, type Task } from './task.js';

/** Waiting as a task: the plainest work that asynchrony can do at the same time. */
export interface SleepTaskSpec {
  readonly kind: 'sleep';
  readonly durationMs: Milliseconds;
}

// Node's timers take at most 2^31 - 1 ms and fire at once beyond.
const LONGEST_MS: Milliseconds = 2 ** 31 - 1;
const NOTHING = { status: 0, value: undefined };

/**
 * The task of waiting for so long.
 *
 * @throws {UsageError} when the duration is not from 0 to 24 days.
 */
export function sleepTask(durationMs: Milliseconds): SleepTaskSpec {
  if (durationMs >= 0 && durationMs <= LONGEST_MS) return { kind: 'sleep', durationMs };
  throw new UsageError(`expected a sleep of 0 to 24 days, got ${durationMs} ms`);
}

/** Opens the task for sleeps that leave the thread free: a timer each. */
export function openSleepTask({ durationMs }: SleepTaskSpec): Task {
  const asleep = new Map<NodeJS.Timeout, (reason: TaskError) => void>();
  const call = (): Promise<typeof NOTHING> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        asleep.delete(timer);
        resolve(NOTHING);
      }, durationMs);
      asleep.set(timer, reject);
    });
  return localTask(call, () => {
    for (const [timer, reject] of asleep) {
      clearTimeout(timer);
      reject(new TaskError('ABORTED', 'stopped by the caller'));
    }
    asleep.clear();
  });
}

/** Opens the task for sleeps that block the thread. */
export function openBlockingSleepTask({ durationMs }: SleepTaskSpec): BlockingTask {
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  return localBlockingTask(() => {
    Atomics.wait(nobody, 0, 0, durationMs);
    return NOTHING;
  });
}
