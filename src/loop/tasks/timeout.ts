import type { Milliseconds } from '../../core/units.js';
import { CancelledError, TimeoutError } from '../errors.js';
import type { Work } from './coroutine.js';
import { currentLoop } from './running.js';
import { startOwnedTask, Task } from './task.js';

/**
 * A task that does `work` and fails with a `TimeoutError` when that takes longer than `durationMs`; the work is cancelled
 * then, and its `finally` blocks have run. Being cancelled from outside stays a `CancelledError`.
 */
export function timeout<T>(durationMs: Milliseconds, work: Work<T>): Task<T> {
  const loop = currentLoop();
  const whole: Task<T> = startOwnedTask(
    function* limited() {
      const task = startOwnedTask(work);
      let isOver = false;
      const timer = loop.callLater(durationMs, () => {
        // Cancelled from outside, it waits for the work to end, which is in good hands.
        if (whole.isBeingCancelled) return;
        isOver = true;
        task.cancel();
      });
      try {
        return yield* task;
      } catch (error) {
        if (isOver && error instanceof CancelledError)
          throw new TimeoutError(nameOf(work, task.name), durationMs);
        throw error;
      } finally {
        timer.cancel();
      }
    },
    { name: 'timeout' },
  );
  return whole;
}

function nameOf(work: Work<unknown>, name: string): string {
  return work instanceof Task ? work.name : name;
}
