import { DeadlockError, StoppedError } from '../errors.js';
import type { EventLoop } from '../event-loop.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { enterLoop } from '../tasks/running.js';
import { Task } from '../tasks/task.js';

/**
 * Runs `main` as a task and returns what it returns, like Python's `asyncio.run`. The thread is blocked meanwhile: Node's
 * timers, promises and signal handlers wait. Tasks that are left at the end are cancelled, and have ended on return.
 */
export function runBlocking<T>(loop: EventLoop, main: () => Coroutine<T>): T {
  const leave = enterLoop(loop, 'blocking');
  try {
    const task = new Task(loop, main, { name: main.name || 'main' });
    task.isObserved = true;
    let isStopped = false;
    try {
      passUntil(loop, () => task.isDone || loop.isStopped);
      isStopped = loop.isStopped;
    } finally {
      loop.isStopped = false;
      for (const left of loop.tasks) left.cancel();
      passUntil(loop, () => loop.tasks.size === 0);
    }
    if (isStopped) throw new StoppedError();
    return task.result();
  } finally {
    leave();
  }
}

function passUntil(loop: EventLoop, isOver: () => boolean): void {
  while (!isOver()) {
    if (loop.timeoutMs() === Infinity && loop.watches.size === 0) throw new DeadlockError();
    loop.runOnce();
  }
}
