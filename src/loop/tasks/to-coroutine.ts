import { UsageError } from '../../core/errors.js';
import type { EventLoop } from '../event-loop.js';
import { isCoroutine, type Coroutine, type Work } from './coroutine.js';
import { Future } from './future.js';

/**
 * The coroutine of whatever stands for one, and what to call it.
 *
 * @throws {UsageError} when it is an async function or nothing that can be waited for.
 */
export function toCoroutine<T>(
  loop: EventLoop,
  work: Work<T>,
): { readonly coroutine: Coroutine<T>; readonly name: string } {
  if (isCoroutine(work)) return { coroutine: work, name: 'coroutine' };
  if (typeof work === 'function') {
    const made = isAsync(work) ? undefined : work();
    // Whoever writes JavaScript may have given any function.
    if (made !== undefined && isCoroutine(made)) {
      return { coroutine: made, name: work.name || 'task' };
    }
    throw new UsageError(
      isAsync(work)
        ? 'expected a generator function (function* () { … yield* sleep(100); … }); ' +
            'an async function runs with: await loop.host(async () => { … })'
        : 'expected a generator function (function* () { … yield* sleep(100); … }), got another one; ' +
            'instead of a function that returns a future write the future itself: sleep(100) and not () => sleep(100)',
    );
  }
  return { coroutine: waitForPromise(toFuture(loop, work)), name: 'operation' };
}

/** A future that settles as a promise does. Promises settle only while Node's own loop runs: in `loop.host`. */
export function toFuture<T>(loop: EventLoop, promise: PromiseLike<T>): Future<T> {
  if (promise instanceof Future) return promise;
  const future = new Future<T>(loop);
  promise.then(
    (value) => future.resolve(value),
    (error: unknown) => future.reject(error),
  );
  return future;
}

function* waitForPromise<T>(future: Future<T>): Coroutine<T> {
  return yield* future;
}

function isAsync(work: () => unknown): boolean {
  return work.constructor.name === 'AsyncFunction';
}
