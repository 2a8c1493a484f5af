import type { CallFailureCode } from '../core/call-failure.js';
import type { Milliseconds } from '../core/units.js';

// So many failures in a row are no accident.
const PATIENCE = 50;
const FIRST_PAUSE_MS: Milliseconds = 10;
const LONGEST_PAUSE_MS: Milliseconds = 1000;
const HOPELESS_MS: Milliseconds = 500;

/**
 * What goes wrong without an answer: a port where nobody listens refuses a hundred thousand connections a second, and asking
 * on and on measures nothing and fills the machine with dead sockets. After 50 such failures in a row calls are paused for
 * 10 ms, twice as long after each further 50, at most a second. When nothing else came of the first half second, there is no
 * hope. A call that took all its time is not counted here: it paces itself.
 */
export class Trouble {
  #inARow = 0;
  #firstMs: Milliseconds | undefined;
  #hasHope = false;

  /** A call has ended. `status` is 0 where no answer came. */
  ended(timeMs: Milliseconds, status: number, failure: CallFailureCode | undefined): void {
    if (failure === undefined || status !== 0 || failure === 'TIMEOUT') {
      this.#inARow = 0;
      this.#hasHope = true;
      return;
    }
    this.#inARow += 1;
    this.#firstMs ??= timeMs;
  }

  /** How long to wait before the next call. */
  pauseMs(): Milliseconds {
    const times = Math.floor(this.#inARow / PATIENCE);
    return times === 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (times - 1), LONGEST_PAUSE_MS);
  }

  /** Whether to give up. */
  isHopeless(nowMs: Milliseconds): boolean {
    if (this.#hasHope || this.#firstMs === undefined) return false;
    return nowMs - this.#firstMs >= HOPELESS_MS;
  }
}
