import { UsageError } from '../../core/errors.js';
import type { EventLoop } from '../event-loop.js';
import { CancelledError } from '../errors.js';
import { setCreationListener } from '../handle.js';
import type { Task } from './task.js';

/** What drives the loop: itself, blocking the thread, or Node. */
export type HostKind = 'blocking' | 'node';

let loop: EventLoop | undefined;
let host: HostKind | undefined;
let task: Task<unknown> | undefined;

/**
 * The loop that runs on this thread.
 *
 * @throws {UsageError} when none does.
 */
export function currentLoop(): EventLoop {
  if (loop !== undefined) return loop;
  throw new UsageError(
    'no event loop runs here; call this inside loop.run(function* () { … }) or loop.host(async () => { … })',
  );
}

/** What drives the loop that runs on this thread. */
export function currentHost(): HostKind | undefined {
  return host;
}

/** The task that is taking a step now. */
export function currentTask(): Task<unknown> | undefined {
  return task;
}

/**
 * The loop that runs on this thread, for an operation that is about to begin: one that takes something (an item, a lock,
 * bytes) must not begin in a task that is to be cancelled, or what it took would be lost.
 *
 * @throws {CancelledError} when the task that asks is to be cancelled.
 * @throws {UsageError} when no loop runs.
 */
export function beginOperation(): EventLoop {
  if (task?.takeCancellation() === true) throw new CancelledError();
  return currentLoop();
}

/**
 * Makes a loop the one that runs on this thread. Returns the undo.
 *
 * @throws {UsageError} when one runs already.
 */
export function enterLoop(entered: EventLoop, by: HostKind): () => void {
  if (loop !== undefined) {
    throw new UsageError('an event loop runs on this thread already; one thread has one loop');
  }
  loop = entered;
  host = by;
  const { instrument } = entered;
  const created = instrument?.handleCreated?.bind(instrument);
  const before = setCreationListener(created);
  instrument?.loopEntered?.(entered, by);
  return () => {
    loop = undefined;
    host = undefined;
    setCreationListener(before);
    instrument?.loopLeft?.();
  };
}

/** Makes a task the one that takes a step. Returns the one that did before. */
export function setCurrentTask(next: Task<unknown> | undefined): Task<unknown> | undefined {
  const before = task;
  task = next;
  return before;
}
