import type { Milliseconds } from '../core/units.js';
import type { LoadClock } from './load-clock.js';

/** What a load run does again and again. */
export interface LoadWork {
  readonly clock: LoadClock;
  /** Makes a call; must not reject. */
  readonly once: (index: number) => Promise<void>;
  /** Whether further calls are of any use. */
  readonly goesOn: () => boolean;
  /** How long to wait before the next call after one has ended. */
  readonly pauseMs: () => Milliseconds;
  /** Told how late a call begins although it could have begun when it was intended to. */
  readonly late: (byMs: Milliseconds) => void;
}

/** Time that calls in flight are given to end when no further one is begun. */
export const GRACE_MS: Milliseconds = 2000;

/** Resolves when `work` is done, or it is `timeMs`. */
export async function doneOrLate(
  work: Promise<unknown>,
  clock: LoadClock,
  timeMs: Milliseconds,
): Promise<void> {
  let undo = (): void => {};
  const late = new Promise<void>((resolve) => {
    undo = clock.at(timeMs, resolve);
  });
  await Promise.race([work, late]);
  undo();
}
