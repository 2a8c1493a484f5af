import type { Bytes, Milliseconds } from '../core/units.js';

const STEP_MS: Milliseconds = 50;

/** Spreads the pieces of one answer evenly over time, so that `n` bytes take `n / bandwidth` seconds. */
export class Pacer {
  /** Bytes that are sent at once: what 50 ms allow. */
  readonly piece: Bytes;
  readonly #bandwidth: Bytes;
  #dueMs: Milliseconds;

  /** `bandwidth` is in bytes per second and may be `Infinity`; `now` is a moment on the monotonic clock. */
  constructor(bandwidth: Bytes, now: Milliseconds) {
    this.piece = Math.max(1, Math.floor((bandwidth * STEP_MS) / 1000));
    this.#bandwidth = bandwidth;
    this.#dueMs = now;
  }

  /**
   * How long to wait at `now` before `bytes` more may be sent. Time that a slow reader or a busy loop cost is made up
   * for by at most 50 ms: a link has a rate and saves nothing up.
   */
  delay(bytes: Bytes, now: Milliseconds): Milliseconds {
    this.#dueMs = Math.max(this.#dueMs, now - STEP_MS) + (bytes / this.#bandwidth) * 1000;
    return Math.max(0, this.#dueMs - now);
  }
}
