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
  /** Told how many calls were due and are not begun, because as many as may be were in flight. */
  readonly neverBegun: (calls: number) => void;
  /** Resolves when the run is to end where it is. */
  readonly over: Promise<void>;
}

/** Time that calls in flight are given to end when no further one is begun. */
const GRACE_MS: Milliseconds = 2000;

/** Resolves when all `calls` have ended, when the run is to end, or, if it has a planned end, when the grace is over. */
export async function endOfLoad(
  calls: Promise<unknown>,
  { clock, over }: LoadWork,
  plannedEndMs: Milliseconds | undefined,
): Promise<void> {
  let undo = (): void => {};
  const late = new Promise<void>((resolve) => {
    if (plannedEndMs !== undefined) undo = clock.at(plannedEndMs + GRACE_MS, resolve);
  });
  await Promise.race([calls, late, over]);
  undo();
}
