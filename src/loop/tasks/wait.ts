import type { Future } from './future.js';

type Step<T> = IteratorResult<Future<unknown>, T>;

/**
 * One wait for a future, as `yield*` wants it: the future first, then its result. By hand, since a generator and the two
 * results it would make are three objects and more for each thing that is waited for; a task reads each before the next.
 */
export class Wait<T> implements Generator<Future<unknown>, T, void> {
  readonly #future: Future<T>;
  #hasBegun = false;

  constructor(future: Future<T>) {
    this.#future = future;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): Step<T> {
    if (this.#hasBegun) return { done: true, value: this.#future.result() };
    this.#hasBegun = true;
    return { done: false, value: this.#future };
  }

  return(value: T): Step<T> {
    return { done: true, value };
  }

  throw(error: unknown): Step<T> {
    throw error;
  }
}
