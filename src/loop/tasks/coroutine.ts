import type { Future } from './future.js';

/** What a task does, step by step: a generator that yields the futures it waits for. */
export type Coroutine<T> = Generator<Future<unknown>, T, void>;

/** Something that can be waited for by a task: a coroutine, a function that makes one, a future, or a promise. */
export type Work<T> = Coroutine<T> | (() => Coroutine<T>) | PromiseLike<T>;

/** Whether something is a generator, and not only promised by its type to be one. */
export function isCoroutine<T>(thing: Work<T>): thing is Coroutine<T> {
  return typeof thing === 'object' && 'next' in thing && typeof thing.throw === 'function';
}
