import type { CallColumns } from '../core/call-columns.js';
import type { Measurement, ModeName, ModeRounds } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { latencies } from './round-summary.js';
import { median, sortSamples } from './sorted-samples.js';

/**
 * The wall time of a mode with twice as many calls, from what was measured with N of them and at most c in flight:
 *
 *     T(2N) = T(N) + (ceil(2N / c) - ceil(N / c)) * L + (min(2N, c) - min(N, c)) * k
 *
 * L is the median latency: each further wave of c calls waits that long. k is how much later each further call in flight
 * ends, the slope of the calls' ends over their numbers within the first wave: the time that client and server work on a
 * call while no other call can be worked on. It is what stops a concurrent run from taking one latency whatever its N.
 *
 * @returns `undefined` when no counted round was completed without a failure.
 */
export function predictDoubled(rounds: ModeRounds, number: number): Milliseconds | undefined {
  const clean = rounds.rounds.filter((round) => round.calls.tally().ok === number);
  const wall = median(sortSamples(clean.map((round) => round.wallMs)));
  const latency = median(latencies(clean));
  const { limit } = rounds;
  const slope = median(
    sortSamples(clean.map((round) => endSlope(round.calls, Math.min(number, limit)))),
  );
  if (wall === undefined || latency === undefined || slope === undefined) return undefined;
  const waves = Math.ceil((2 * number) / limit) - Math.ceil(number / limit);
  const joined = Math.min(2 * number, limit) - Math.min(number, limit);
  return wall + waves * latency + joined * Math.max(slope, 0);
}

/** Least-squares slope of the end of a call over its number, among the first `count` calls, in milliseconds a call. */
export function endSlope(calls: CallColumns, count: number): number {
  const middle = (count - 1) / 2;
  let products = 0;
  let squares = 0;
  for (let index = 0; index < count; index += 1) {
    const end = (calls.startMs[index] ?? 0) + (calls.durationMs[index] ?? 0);
    products += (index - middle) * end;
    squares += (index - middle) ** 2;
  }
  return squares === 0 ? 0 : products / squares;
}

/** The predicted ratio of two modes' wall times at twice the number of calls; `undefined` when either is unknown. */
export function predictDoubledRatio(
  measured: Measurement,
  baseline: ModeName,
  mode: ModeName,
): number | undefined {
  const predicted = (name: ModeName): Milliseconds | undefined => {
    const rounds = measured.modes.find((candidate) => candidate.mode === name);
    return rounds === undefined ? undefined : predictDoubled(rounds, measured.number);
  };
  const [slow, fast] = [predicted(baseline), predicted(mode)];
  return slow === undefined || fast === undefined ? undefined : slow / fast;
}
