import { UsageError } from '../../core/errors.js';
import type { Coroutine } from './coroutine.js';
import { Future } from './future.js';
import { beginOperation } from './running.js';
import { WaitingLine } from './waiting-line.js';

/** Lets so many tasks in at a time, the others in the order in which they came. */
export class Semaphore {
  readonly #line = new WaitingLine<void>();
  readonly #most: number;
  #free: number;

  /** @throws {UsageError} when `most` is no whole number of at least 1. */
  constructor(most: number) {
    if (!Number.isInteger(most) || most < 1) {
      throw new UsageError(`expected a whole number of at least 1, got ${most}`);
    }
    this.#most = most;
    this.#free = most;
  }

  /** How many more would be let in at once. */
  get free(): number {
    return this.#free;
  }

  /** Fulfilled when the caller is in. Every `acquire` needs one `release`; `use` sees to that. */
  acquire(): Future<void> {
    const loop = beginOperation();
    if (this.#free === 0) return this.#line.join(loop);
    this.#free -= 1;
    return Future.of(loop, undefined);
  }

  /**
   * Lets the next in.
   *
   * @throws {UsageError} when nobody is in.
   */
  release(): void {
    if (this.#line.serve(undefined)) return;
    if (this.#free === this.#most) {
      throw new UsageError('released more often than acquired; release once for each acquire');
    }
    this.#free += 1;
  }

  /** Does `work` inside, and leaves however it ends: `yield* semaphore.use(work)`. */
  *use<T>(work: () => Coroutine<T>): Coroutine<T> {
    yield* this.acquire();
    try {
      return yield* work();
    } finally {
      this.release();
    }
  }
}
