import type { Milliseconds } from '../core/units.js';

/** Time since a load run began, and a way to be called at one. */
export interface LoadClock {
  now(): Milliseconds;
  /** Calls `callback` once it is `timeMs`, never within this call; returns the undo. */
  at(timeMs: Milliseconds, callback: () => void): () => void;
}

// Timers of Node have whole milliseconds. Waiting the last one out costs a part of the thread's time, which only a slow
// schedule can spare.
const WAITS_OUT_FROM_MS: Milliseconds = 4;

/** The clock of a run whose calls come `intervalMs` apart; `now` is the time since it began. */
export function nodeClock(now: () => Milliseconds, intervalMs: Milliseconds): LoadClock {
  const waitsOut = intervalMs >= WAITS_OUT_FROM_MS;
  return {
    now,
    at: (timeMs, callback) => {
      let undo = (): void => {};
      const onImmediate = (then: () => void): void => {
        const immediate = setImmediate(then);
        undo = () => clearImmediate(immediate);
      };
      const wait = (): void => {
        const leftMs = timeMs - now();
        if (leftMs <= 0) {
          callback();
        } else if (leftMs < 1 && waitsOut) {
          onImmediate(wait);
        } else {
          const timer = setTimeout(wait, waitsOut ? Math.floor(leftMs) : Math.ceil(leftMs));
          undo = () => clearTimeout(timer);
        }
      };
      if (now() >= timeMs) onImmediate(wait);
      else wait();
      return () => undo();
    },
  };
}
