import type { Bytes, Milliseconds } from '../core/units.js';

const MOST_SAVED_MS: Milliseconds = 50;

/**
 * Keeps all who share it to a number of bytes a second. There is a moment up to which the bytes that were taken last as long
 * as they should; every piece moves it on. A pause saves nothing up but what 50 ms allow.
 */
export class RateLimiter {
  readonly #bytesPerSecond: number;
  #dueMs: Milliseconds;

  /** `bytesPerSecond` may be `Infinity`; `nowMs` is a moment on the monotonic clock. */
  constructor(bytesPerSecond: number, nowMs: Milliseconds) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#dueMs = nowMs;
  }

  /** How long whoever takes `bytes` at `nowMs` must take nothing more. */
  delay(bytes: Bytes, nowMs: Milliseconds): Milliseconds {
    this.#dueMs =
      Math.max(this.#dueMs, nowMs - MOST_SAVED_MS) + (bytes / this.#bytesPerSecond) * 1000;
    return Math.max(0, this.#dueMs - nowMs);
  }
}
