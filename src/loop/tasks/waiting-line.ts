import type { EventLoop } from '../event-loop.js';
import { Future } from './future.js';

/** Futures in the order in which somebody began to wait for them; one that is given up leaves the line. */
export class WaitingLine<T> {
  readonly #waiting = new Set<Future<T>>();

  get length(): number {
    return this.#waiting.size;
  }

  /** A future at the end of the line. */
  join(loop: EventLoop): Future<T> {
    const future: Future<T> = new Future<T>(loop, () => this.#waiting.delete(future));
    this.#waiting.add(future);
    return future;
  }

  /** Fulfils the first in line. Returns false when there is none. */
  serve(value: T): boolean {
    for (const first of this.#waiting) {
      this.#waiting.delete(first);
      first.resolve(value);
      return true;
    }
    return false;
  }

  /** Lets the first in line fail. Returns false when there is none. */
  fail(error: unknown): boolean {
    for (const first of this.#waiting) {
      this.#waiting.delete(first);
      first.reject(error);
      return true;
    }
    return false;
  }
}
