import type { Milliseconds } from '../core/units.js';
import type { EventLoop } from '../loop/event-loop.js';
import type { Timer } from '../loop/handle.js';

/**
 * One timer for the deadlines of many calls. A timer each would be started and cancelled for every call, which costs more
 * than sending it; most deadlines are never reached, and it is enough to be told when the first would be.
 */
export class Deadlines {
  readonly #loop: EventLoop;
  readonly #expire: (nowMs: Milliseconds) => Milliseconds;
  #timer: Timer | undefined;
  #nextMs: Milliseconds = Infinity;

  /** `expire` ends what is due at a time, and returns when it should be called next (`Infinity`: not again). */
  constructor(loop: EventLoop, expire: (nowMs: Milliseconds) => Milliseconds) {
    this.#loop = loop;
    this.#expire = expire;
  }

  /** There is a deadline at this time. */
  note(deadlineMs: Milliseconds): void {
    if (deadlineMs >= this.#nextMs) return;
    this.#timer?.cancel();
    this.#nextMs = deadlineMs;
    this.#timer = this.#loop.callAt(deadlineMs, this.#ring);
  }

  close(): void {
    this.#timer?.cancel();
    this.#nextMs = Infinity;
  }

  readonly #ring = (): void => {
    this.#nextMs = Infinity;
    this.note(this.#expire(this.#loop.time()));
  };
}
