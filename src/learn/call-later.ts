import type { Milliseconds } from '../core/units.js';

// While this process is stopped, by Ctrl-Z, say, an interval does not fire, and afterwards once.
const PARTS = 10;

/** Calls back after so long, of which the time in which this process was stopped is no part; returns what ends that. */
export function callLater(durationMs: Milliseconds, act: () => void): () => void {
  let parts = 0;
  const counting = setInterval(() => {
    parts += 1;
    if (parts < PARTS) return;
    clearInterval(counting);
    act();
  }, durationMs / PARTS);
  return () => clearInterval(counting);
}
