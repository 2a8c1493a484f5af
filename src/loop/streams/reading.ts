import type { EventLoop } from '../event-loop.js';
import { Future } from '../tasks/future.js';
import type { ByteQueue } from './byte-queue.js';

/** What a reading takes from what came in; `undefined` when it needs more. Throws when that will never be there. */
export type Take<T> = (input: ByteQueue, hasEnded: boolean) => { readonly value: T } | undefined;

/** Somebody who waits for bytes. */
export class Reading<T> extends Future<T> {
  readonly #take: Take<T>;

  /** `withdraw` is called when it is given up. */
  constructor(loop: EventLoop, take: Take<T>, withdraw: () => void) {
    super(loop, withdraw);
    this.#take = take;
  }

  /** Takes what it waits for, if it is there. Throws when it never will be. */
  takeFrom(input: ByteQueue, hasEnded: boolean): boolean {
    const taken = this.#take(input, hasEnded);
    if (taken === undefined) return false;
    this.resolve(taken.value);
    return true;
  }
}
