import type { CallColumns } from '../core/call-columns.js';
import { cpuMsOf, type ModeRounds, type Round } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { latencies } from './round-summary.js';
import { median, sortSamples } from './sorted-samples.js';

// Above this multiple of the latency of a lone call, the first answer was late because the calls were still being sent.
const LATE_FIRST_ANSWER = 1.5;

/**
 * The wall time of a mode with twice as many calls, from what was measured with N of them and at most c in flight:
 *
 *     T(2N) = T(N) + (ceil(2N / c) - ceil(N / c)) * L  +  m * k  +  (m / min(N, c)) * F
 *     m = min(2N, c) - min(N, c), the calls that join those in flight
 *
 * L is the median latency: each further wave of c calls waits that long. k is what each further call in flight adds: the
 * slope of the calls' ends over their numbers within the first wave, which sees whatever is in the way (a server with eight
 * slots, a slow line), or the CPU time of a call where that is more, because the part of it that hid behind the wait with N
 * calls may not with 2N. F is the time until the first answer, and counts only where it is much longer than a lone call
 * takes: then sending the calls takes longer than waiting for an answer.
 *
 * @param aloneMs latency of a call when no other is in flight, in milliseconds.
 * @returns `undefined` when no counted round was completed without a failure.
 */
export function predictDoubled(
  rounds: ModeRounds,
  number: number,
  aloneMs: Milliseconds,
): Milliseconds | undefined {
  const clean = rounds.rounds.filter((round) => round.calls.tally().ok === number);
  const middle = (value: (round: Round) => number): number | undefined =>
    median(sortSamples(clean.map((round) => value(round))));
  const firstWave = Math.min(number, rounds.limit);
  const wall = middle((round) => round.wallMs);
  const slope = middle((round) => endSlope(round.calls, firstWave));
  // The least, not the median: a compiler that works in the background adds to the CPU time of some rounds.
  const cpu = Math.min(...clean.map((round) => cpuMsOf(round))) / number;
  const first = middle((round) => firstEnd(round.calls));
  const latency = median(latencies(clean));
  if (wall === undefined || slope === undefined || first === undefined || latency === undefined) {
    return undefined;
  }
  const waves = Math.ceil((2 * number) / rounds.limit) - Math.ceil(number / rounds.limit);
  const joined = Math.min(2 * number, rounds.limit) - firstWave;
  const sending = first > LATE_FIRST_ANSWER * aloneMs ? first : 0;
  return wall + waves * latency + joined * Math.max(slope, cpu) + (joined / firstWave) * sending;
}

/** When the first of the calls ended, in milliseconds since the round began. */
function firstEnd(calls: CallColumns): Milliseconds {
  let first = Number.POSITIVE_INFINITY;
  for (let index = 0; index < calls.number; index += 1) {
    first = Math.min(first, (calls.startMs[index] ?? 0) + (calls.durationMs[index] ?? 0));
  }
  return first;
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
  baseline: ModeRounds,
  mode: ModeRounds,
  number: number,
): number | undefined {
  // The baseline is the mode with the fewest calls in flight, one as a rule.
  const alone = median(latencies(baseline.rounds));
  if (alone === undefined) return undefined;
  const slow = predictDoubled(baseline, number, alone);
  const fast = predictDoubled(mode, number, alone);
  return slow === undefined || fast === undefined ? undefined : slow / fast;
}
