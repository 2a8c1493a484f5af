import { UsageError } from '../core/errors.js';
import { EventLoop } from '../loop/event-loop.js';
import type { Coroutine } from '../loop/tasks/coroutine.js';
import { currentHost, currentLoop } from '../loop/tasks/running.js';
import { Task } from '../loop/tasks/task.js';

/** A loop for all who ask for one at the same time. */
interface SharedLoop {
  readonly loop: EventLoop;
  /** Lets the loop end. */
  readonly end: () => void;
  /** Settles when it has ended. */
  readonly ended: Promise<unknown>;
  users: number;
  isEnding: boolean;
}

let shared: SharedLoop | undefined;

/**
 * Does `work` on an event loop of ours inside Node's: on the one that runs here already, or on one that all who ask at the
 * same time share and that the last of them ends.
 *
 * @throws {UsageError} inside `loop.run`, which would never come to a promise.
 * @throws {UnavailableError} where the event loop cannot run.
 */
export async function onHostedLoop<T>(work: () => Coroutine<T>): Promise<T> {
  if (currentHost() === 'blocking') {
    throw new UsageError(
      'a promise never settles inside loop.run; write yield* oneCall(url) or yield* manyCalls(n, url) there',
    );
  }
  if (currentHost() === 'node' && shared === undefined) return new Task(currentLoop(), work);
  if (shared?.isEnding === true) {
    await shared.ended;
    return onHostedLoop(work);
  }
  shared ??= open();
  const mine = shared;
  mine.users += 1;
  try {
    return await new Task(mine.loop, work);
  } finally {
    mine.users -= 1;
    if (mine.users === 0) {
      mine.isEnding = true;
      mine.end();
    }
    if (mine.isEnding) await mine.ended;
  }
}

function open(): SharedLoop {
  const loop = new EventLoop();
  let end = (): void => {};
  const asLongAsNeeded = new Promise<void>((resolve) => {
    end = resolve;
  });
  const ended = loop
    .host(() => asLongAsNeeded)
    .finally(() => {
      shared = undefined;
      loop.close();
    });
  return { loop, end, ended, users: 0, isEnding: false };
}
