import { LwasyncError, UsageError } from '../../core/errors.js';
import type { Coroutine } from './coroutine.js';
import { Fifo } from './fifo.js';
import { Future } from './future.js';
import { beginOperation } from './running.js';
import { WaitingLine } from './waiting-line.js';

/** The queue is closed: nothing more goes in, and all that was in it was taken. */
export class QueueClosedError extends LwasyncError {
  readonly code = 'QUEUE_CLOSED';

  constructor() {
    super('the queue is closed');
  }
}

/** Items on their way from producers to consumers, at most so many; who is faster waits for the other. */
export class Queue<T> {
  readonly #capacity: number;
  readonly #items = new Fifo<{ readonly item: T }>();
  readonly #takers = new WaitingLine<T>();
  readonly #givers = new WaitingLine<void, T>();
  #isClosed = false;

  /**
   * `capacity`: most items in it; without a limit when left out.
   *
   * @throws {UsageError} when it is no whole number of at least 1.
   */
  constructor(capacity: number = Infinity) {
    if (!(capacity === Infinity || (Number.isInteger(capacity) && capacity >= 1))) {
      throw new UsageError(`expected a capacity of at least 1, got ${capacity}`);
    }
    this.#capacity = capacity;
  }

  /** Items in it. */
  get size(): number {
    return this.#items.length;
  }

  /** Fulfilled when the item is in; given up before, it is not. Fails with a `QueueClosedError`. */
  put(item: T): Future<void> {
    const loop = beginOperation();
    if (this.#isClosed) return Future.failed(loop, new QueueClosedError());
    if (this.#takers.serve(item)) return Future.of(loop, undefined);
    if (this.#items.length < this.#capacity) {
      this.#items.push({ item });
      return Future.of(loop, undefined);
    }
    return this.#givers.join(loop, item);
  }

  /** Fulfilled with the first item. Fails with a `QueueClosedError` when none will come. */
  take(): Future<T> {
    const loop = beginOperation();
    const first = this.#items.shift();
    if (first !== undefined) {
      this.#letOneIn();
      return Future.of(loop, first.item);
    }
    if (this.#isClosed) return Future.failed(loop, new QueueClosedError());
    return this.#takers.join(loop);
  }

  /** Lets nothing more in. What is in it, and what waits to be, can still be taken. */
  close(): void {
    this.#isClosed = true;
    this.#takers.failAll(new QueueClosedError());
  }

  /** Every item in turn, until the queue is closed and empty: `yield* queue.each(function* (item) { … })`. */
  *each(work: (item: T) => Coroutine<unknown>): Coroutine<void> {
    for (;;) {
      let item: T;
      try {
        item = yield* this.take();
      } catch (error) {
        if (error instanceof QueueClosedError) return;
        throw error;
      }
      yield* work(item);
    }
  }

  #letOneIn(): void {
    const giver = this.#givers.next();
    if (giver === undefined) return;
    this.#items.push({ item: giver.luggage });
    giver.future.resolve(undefined);
  }
}
