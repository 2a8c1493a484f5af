import { monotonicNow } from '../core/clock.js';
import type { Bytes, Milliseconds } from '../core/units.js';

/** Node's timers take at most 2^31 - 1 ms and fire at once beyond. */
export const LONGEST_TIMER_MS: Milliseconds = 2 ** 31 - 1;

/** Fewer bytes than this in the time of a stall are none: servers send some to keep a connection alive. */
const LEAST_BYTES: Bytes = 1000;

/** Gives an answer up whose header does not come in time, or of whose body too little comes. */
export class AnswerDeadline {
  readonly #stallMs: Milliseconds;
  readonly #giveUp: (kind: 'TIMEOUT' | 'STALLED') => void;
  #timer: NodeJS.Timeout;
  #pause: NodeJS.Timeout | undefined;
  #windowMs: Milliseconds = 0;
  #windowBytes: Bytes = 0;

  /** Begins with the time for connection and header. */
  constructor(
    timeoutMs: Milliseconds,
    stallMs: Milliseconds,
    giveUp: (kind: 'TIMEOUT' | 'STALLED') => void,
  ) {
    this.#stallMs = stallMs;
    this.#giveUp = giveUp;
    this.#timer = setTimeout(giveUp, timeoutMs, 'TIMEOUT');
  }

  /** The header is there. */
  bodyBegins(): void {
    clearTimeout(this.#timer);
    this.#windowMs = monotonicNow();
    this.#timer = setTimeout(this.#look, this.#stallMs);
  }

  /** So many bytes came at `now`. */
  came(bytes: Bytes, now: Milliseconds): void {
    this.#windowBytes += bytes;
    if (this.#windowBytes < LEAST_BYTES) return;
    this.#windowBytes = 0;
    this.#windowMs = now;
  }

  /** Calls `resume` after a pause that is ours, and so no stall of the server; of 24 days at most. */
  pauseFor(durationMs: Milliseconds, resume: () => void): void {
    clearTimeout(this.#pause);
    const end = (): void => {
      this.#pause = undefined;
      this.#windowMs = monotonicNow();
      resume();
    };
    this.#pause = setTimeout(end, Math.min(durationMs, LONGEST_TIMER_MS));
  }

  /** The answer is over. */
  end(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#pause);
  }

  readonly #look = (): void => {
    const silentMs = this.#pause === undefined ? monotonicNow() - this.#windowMs : 0;
    // A timer may fire a millisecond early.
    if (silentMs >= this.#stallMs - 1) this.#giveUp('STALLED');
    else this.#timer = setTimeout(this.#look, this.#stallMs - silentMs);
  };
}
