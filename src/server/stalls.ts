import type { Milliseconds } from '../core/units.js';

/**
 * When a server stalls: the last `stallMs` of every `everyMs`, counted from `beganMs` on the monotonic clock. What falls due
 * in a stall is due at its end.
 */
export class Stalls {
  readonly #beganMs: Milliseconds;
  readonly #stallMs: Milliseconds;
  readonly #everyMs: Milliseconds;

  constructor(stallMs: Milliseconds, everyMs: Milliseconds, beganMs: Milliseconds) {
    this.#stallMs = stallMs;
    this.#everyMs = everyMs;
    this.#beganMs = beganMs;
  }

  /** How long the stall goes on that `nowMs` lies in, in milliseconds; 0 when it lies in none. */
  remainingMs(nowMs: Milliseconds): Milliseconds {
    const untilPeriodEndsMs = this.#everyMs - ((nowMs - this.#beganMs) % this.#everyMs);
    return untilPeriodEndsMs <= this.#stallMs ? untilPeriodEndsMs : 0;
  }
}
