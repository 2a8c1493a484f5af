import type { EventLoop } from '../event-loop.js';
import { Fifo } from './fifo.js';
import { Future } from './future.js';

/** Futures in the order in which somebody began to wait for them; those that are given up are passed over. */
export class WaitingLine<T> {
  readonly #line = new Fifo<Future<T>>();

  /** A future at the end of the line. */
  join(loop: EventLoop): Future<T> {
    const future = new Future<T>(loop);
    this.#line.push(future);
    return future;
  }

  /** Fulfils the first in line. Returns false when there is none. */
  serve(value: T): boolean {
    const first = this.#first();
    first?.resolve(value);
    return first !== undefined;
  }

  /** Fulfils all in line. */
  serveAll(value: T): void {
    while (this.serve(value));
  }

  /** Lets all in line fail. */
  failAll(error: unknown): void {
    for (let first = this.#first(); first !== undefined; first = this.#first()) first.reject(error);
  }

  #first(): Future<T> | undefined {
    let first = this.#line.shift();
    while (first?.isDone === true) first = this.#line.shift();
    return first;
  }
}
