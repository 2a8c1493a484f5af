import { setTimeout as pause } from 'node:timers/promises';
import type { Milliseconds } from '../core/units.js';
import { LONGEST_TIMER_MS } from './answer-deadline.js';

/** Waits, at most 24 days. Rejects with the reason of `signal` as soon as that fires. */
export async function pauseFor(durationMs: Milliseconds, signal: AbortSignal): Promise<void> {
  try {
    await pause(Math.min(durationMs, LONGEST_TIMER_MS), undefined, { signal });
  } catch {
    throw signal.reason;
  }
}
