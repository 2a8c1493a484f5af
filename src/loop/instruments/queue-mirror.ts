import type { Milliseconds } from '../../core/units.js';
import type { Handle } from '../handle.js';

/** A handle in line. */
export interface QueuedRun {
  readonly id: number;
  readonly handle: Handle;
  readonly task: number | undefined;
  readonly cause: number | undefined;
  readonly enqueuedMs: Milliseconds;
}

/**
 * The ready queue as it can be known from outside: handles come out in the order in which they went in, and those that
 * were passed over had been cancelled.
 */
export class QueueMirror {
  #queued: QueuedRun[] = [];
  #position = 0;
  /** How many at the front are of the batch that was frozen. */
  #frozen = 0;
  #lastId = 0;
  #skipped = 0;

  add(
    handle: Handle,
    enqueuedMs: Milliseconds,
    cause: number | undefined,
    task: number | undefined,
  ): void {
    this.#lastId += 1;
    this.#queued.push({ id: this.#lastId, handle, task, cause, enqueuedMs });
  }

  /** What is in line, the next one first. */
  inLine(): QueuedRun[] {
    return this.#queued.slice(this.#position);
  }

  /** The number of the handle that got in line last. */
  get lastId(): number {
    return this.#lastId;
  }

  /** Forgets those up to a number: they are in line in another loop. */
  forget(id: number): void {
    this.#queued = this.#queued.slice(this.#position).filter((queued) => queued.id > id);
    this.#position = 0;
    this.#frozen = 0;
  }

  /** The batch is what is in line now. Returns how many that are. */
  freeze(): number {
    this.#queued.splice(0, this.#position);
    this.#position = 0;
    this.#frozen = this.#queued.length;
    return this.#frozen;
  }

  /** The one whose turn it is. A handle that got in line before anybody looked on is taken as if it just had. */
  take(handle: Handle, nowMs: Milliseconds): QueuedRun {
    let index = this.#position;
    while (index < this.#queued.length && this.#queued[index]?.handle !== handle) index += 1;
    const found = this.#queued[index];
    if (found === undefined) {
      this.#lastId += 1;
      return { id: this.#lastId, handle, task: undefined, cause: undefined, enqueuedMs: nowMs };
    }
    this.#skipped += index - this.#position;
    this.#position = index + 1;
    return found;
  }

  /** How many were passed over since this was last asked. */
  takeSkipped(): number {
    const skipped = this.#skipped;
    this.#skipped = 0;
    return skipped;
  }

  /** Takes out what is left of the batch, all of it cancelled. Returns how many that were. */
  dropRest(): number {
    const rest = Math.max(0, this.#frozen - this.#position);
    this.#position += rest;
    this.#frozen = this.#position;
    return rest;
  }
}
