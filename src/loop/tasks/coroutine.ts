import type { Future } from './future.js';

/** What a task does, step by step: a generator that yields the futures it waits for. */
export type Coroutine<T> = Generator<Future<unknown>, T, void>;

/** Something that can be waited for by a task: a coroutine, a function that makes one, a future, or a promise. */
export type Work<T> = Coroutine<T> | (() => Coroutine<T>) | PromiseLike<T>;

/** Whether something is a generator that has the methods of one. */
export function isCoroutine(thing: unknown): thing is Coroutine<unknown> {
  return (
    typeof thing === 'object' &&
    thing !== null &&
    'next' in thing &&
    'throw' in thing &&
    typeof thing.next === 'function' &&
    typeof thing.throw === 'function'
  );
}
