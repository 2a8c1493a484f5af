import type { Milliseconds } from '../core/units.js';
import { endOfLoad, type LoadWork } from './load-work.js';

/** Calls that come at a steady rate whatever becomes of those before: call i is intended to begin at i times the interval. */
export interface OpenLoop {
  readonly intervalMs: Milliseconds;
  /** Most calls in flight; a call that is due when so many are waits, and its latency counts from its intended start. */
  readonly concurrency: number;
  /** Calls that are due before this time are made; `undefined` where `number` says how many. */
  readonly durationMs: Milliseconds | undefined;
  /** Exactly so many calls are made. */
  readonly number: number | undefined;
}

/** How many calls are due at a time: those whose intended start has come, and which belong to the run. */
export function callsDue(
  { intervalMs, durationMs, number }: OpenLoop,
  timeMs: Milliseconds,
): number {
  const come = Math.floor(timeMs / intervalMs + 1e-9) + 1;
  // The call that would be intended for the very end belongs to the next stretch of time.
  const planned = number ?? Math.ceil((durationMs ?? 0) / intervalMs - 1e-9);
  return Math.min(come, planned);
}

/**
 * Begins each call at its time, or as soon afterwards as fewer than `concurrency` are in flight. Where the duration says
 * when it ends, what is due then and has not begun is not begun, and calls in flight are waited for no longer than the grace.
 *
 * Source: Gil Tene, "How NOT to Measure Latency" and wrk2's README, on coordinated omission: whoever waits for an answer
 * before he asks again asks least when it is slowest. So the schedule does not wait, and no sample is made up.
 */
export async function runOpenLoop(loop: OpenLoop, work: LoadWork): Promise<void> {
  const { intervalMs, concurrency, durationMs } = loop;
  const { clock, once, goesOn, late, neverBegun } = work;
  const planned = callsDue(loop, Infinity);
  let next = 0;
  let inFlight = 0;
  let freeSinceMs: Milliseconds = 0;
  let isOver = false;
  let undoTimer: (() => void) | undefined;
  const all = new Promise<void>((resolve) => {
    const begin = (index: number): void => {
      inFlight += 1;
      void once(index).then(ended);
    };
    const ended = (): void => {
      const wasFull = inFlight === concurrency;
      if (wasFull) freeSinceMs = clock.now();
      inFlight -= 1;
      beginDue(wasFull);
    };
    const beginDue = (wasFull: boolean): void => {
      undoTimer?.();
      const nowMs = clock.now();
      // A call that could have begun before the end, had this been called in time, is begun all the same.
      isOver ||= durationMs !== undefined && nowMs >= durationMs && wasFull;
      const mayBegin = goesOn() && !isOver;
      const due = mayBegin ? callsDue(loop, nowMs) : next;
      const last = Math.min(due, next + concurrency - inFlight);
      for (; next < last; next += 1) {
        late(Math.max(nowMs - Math.max(next * intervalMs, freeSinceMs), 0));
        begin(next);
      }
      if (!mayBegin || next === planned) {
        if (inFlight === 0) resolve();
      } else if (inFlight < concurrency) {
        undoTimer = clock.at(next * intervalMs, () => beginDue(false));
      }
    };
    beginDue(false);
  });
  await endOfLoad(all, work, durationMs);
  undoTimer?.();
  // Where it was ended before its time, only calls that had to wait for their turn could have been begun.
  if (goesOn() || inFlight === concurrency) {
    neverBegun(callsDue(loop, Math.min(clock.now(), durationMs ?? Infinity)) - next);
  }
}
