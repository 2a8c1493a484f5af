import type { CallColumns } from '../core/call-columns.js';
import type { Milliseconds } from '../core/units.js';
import { sortSamples } from './sorted-samples.js';

/** From this moment on so many calls were in flight. */
export interface InFlightStep {
  readonly timeMs: Milliseconds;
  readonly inFlight: number;
}

/**
 * How many calls were in flight over a round that ended at `wallMs`: a step at each moment at which the number changed, the
 * first at 0. A call that ends as another begins does not overlap it; one that never ended was in flight to the end.
 */
export function inFlightSteps(calls: CallColumns, wallMs: Milliseconds): InFlightStep[] {
  const begins: number[] = [];
  const ends: number[] = [];
  for (let index = 0; index < calls.number; index += 1) {
    const outcome = calls.outcome(index);
    if (outcome === 'not started') continue;
    const startMs = calls.startMs[index] ?? 0;
    begins.push(startMs);
    ends.push(outcome === 'in flight' ? wallMs : startMs + (calls.durationMs[index] ?? 0));
  }
  const sortedBegins = sortSamples(begins);
  const sortedEnds = sortSamples(ends);
  const steps: InFlightStep[] = [];
  let begun = 0;
  let ended = 0;
  let timeMs = 0;
  while (Number.isFinite(timeMs)) {
    while ((sortedEnds[ended] ?? Infinity) <= timeMs) ended += 1;
    while ((sortedBegins[begun] ?? Infinity) <= timeMs) begun += 1;
    const inFlight = begun - ended;
    if (steps.at(-1)?.inFlight !== inFlight) steps.push({ timeMs, inFlight });
    timeMs = Math.min(sortedBegins[begun] ?? Infinity, sortedEnds[ended] ?? Infinity);
  }
  return steps;
}

/**
 * How many calls were in flight on average over a round of `wallMs`: the sum of what each took over the wall time.
 *
 * Source: Little, "A Proof for the Queuing Formula: L = λW", Operations Research 9 (1961).
 */
export function meanInFlight(calls: CallColumns, wallMs: Milliseconds): number {
  if (wallMs === 0) return 0;
  let sumMs = 0;
  for (let index = 0; index < calls.number; index += 1) {
    const outcome = calls.outcome(index);
    if (outcome === 'not started') continue;
    const isOver = outcome !== 'in flight';
    sumMs += isOver ? (calls.durationMs[index] ?? 0) : wallMs - (calls.startMs[index] ?? 0);
  }
  return sumMs / wallMs;
}
