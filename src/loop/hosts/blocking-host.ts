import { DeadlockError, StoppedError } from '../errors.js';
import type { EventLoop } from '../event-loop.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { enterLoop } from '../tasks/running.js';
import { Task } from '../tasks/task.js';
import { MOST_FAILURES } from './most-failures.js';

/**
 * Runs `main` as a task and returns what it returns, like Python's `asyncio.run`. The thread is blocked meanwhile: Node's
 * timers, promises and signal handlers wait. Tasks that are left at the end are cancelled, and have ended on return. When
 * several things failed, the first is thrown.
 */
export function runBlocking<T>(loop: EventLoop, main: () => Coroutine<T>): T {
  const leave = enterLoop(loop, 'blocking');
  try {
    const task = new Task(loop, main, { name: main.name || 'main' });
    task.isObserved = true;
    const failures: unknown[] = [];
    try {
      while (!task.isDone && !loop.isStopped) pass(loop);
      if (!task.isDone) throw new StoppedError();
      task.result();
    } catch (error) {
      failures.push(error);
    }
    endTasks(loop, failures);
    if (failures.length > 0) throw failures[0];
    return task.result();
  } finally {
    loop.isStopped = false;
    leave();
  }
}

// A callback that throws does not keep the others from ending.
function endTasks(loop: EventLoop, failures: unknown[]): void {
  for (const left of loop.tasks) left.cancel();
  while (loop.tasks.size > 0 && failures.length < MOST_FAILURES) {
    try {
      pass(loop);
    } catch (error) {
      failures.push(error);
      if (error instanceof DeadlockError) return;
    }
  }
}

function pass(loop: EventLoop): void {
  loop.isStopped = false;
  loop.timers.dropCancelled();
  if (loop.timeoutMs() === Infinity && loop.watches.size === 0) throw new DeadlockError();
  loop.runOnce();
}
