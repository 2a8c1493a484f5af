import type { EventLoop } from '../event-loop.js';
import { Fifo } from './fifo.js';
import { Future } from './future.js';

// Below this many, those that were given up may stay until it is their turn.
const FEW = 64;

/** Somebody in a line, and what they brought along. */
export interface Waiting<T, Luggage> {
  readonly future: Future<T>;
  readonly luggage: Luggage;
}

/**
 * Futures in the order in which somebody began to wait for them. Those that are given up are passed over, and taken out
 * when they are more than half: a line that never moves would grow with every timeout otherwise.
 */
export class WaitingLine<T, Luggage = void> {
  readonly #line = new Fifo<Waiting<T, Luggage>>();
  #givenUp = 0;

  /** How many are remembered, given up or not. */
  get held(): number {
    return this.#line.length;
  }

  /** A future at the end of the line. */
  join(loop: EventLoop, luggage: Luggage): Future<T> {
    const future = new Future<T>(loop, () => this.#giveUp(future));
    this.#line.push({ future, luggage });
    return future;
  }

  /** Takes the first in line out; `undefined` when there is none. */
  next(): Waiting<T, Luggage> | undefined {
    let first = this.#line.shift();
    for (; first?.future.isDone === true; first = this.#line.shift()) this.#givenUp -= 1;
    return first;
  }

  /** Fulfils the first in line. Returns false when there is none. */
  serve(value: T): boolean {
    const first = this.next();
    first?.future.resolve(value);
    return first !== undefined;
  }

  /** Fulfils all in line. */
  serveAll(value: T): void {
    while (this.serve(value));
  }

  /** Lets all in line fail. */
  failAll(error: unknown): void {
    for (let first = this.next(); first !== undefined; first = this.next()) {
      first.future.reject(error);
    }
  }

  #giveUp(future: Future<T>): void {
    this.#givenUp += 1;
    if (this.#givenUp <= FEW || this.#givenUp * 2 <= this.#line.length) return;
    this.#line.keep((waiting) => waiting.future !== future && !waiting.future.isDone);
    this.#givenUp = 0;
  }
}
