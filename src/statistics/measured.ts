import type { Measurement, Round, Run } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import type { RatioEstimate } from './ratio-estimate.js';
import { completeRounds, latencies } from './round-summary.js';
import { percentile } from './sorted-samples.js';
import { baselineOf, comparePair, judge } from './verdict.js';

/** How many times as fast as the baseline a contender was. */
interface MeasuredRatio {
  readonly name: string;
  /** With so many calls, or in a sweep so many in flight. */
  readonly at: number;
  /** `undefined` where they could not be compared. */
  readonly estimate: RatioEstimate | undefined;
}

/** The calls of one contender, as an expectation looks at them. */
export interface MeasuredCalls {
  readonly name: string;
  /** So many calls, or in a sweep so many in flight. */
  readonly at: number;
  readonly ok: number;
  readonly failed: number;
  /** Calls under load that have not ended, or were due and never begun: longer than every other. */
  readonly neverEnded?: number;
  /** Calls that ended well, a second: one value for each round, or one for a run that has no rounds. */
  readonly rates: readonly number[];
  /** Latencies of the calls that ended well; each is `undefined` where there are none. */
  readonly latency: {
    /** The latency that this share (0 to 1) of them did not exceed. */
    readonly percentile: (share: number) => Milliseconds | undefined;
    readonly meanMs: Milliseconds | undefined;
    readonly maxMs: Milliseconds | undefined;
  };
}

/** What was measured, as far as something can be expected of it. */
export interface Measured {
  readonly ratios: readonly MeasuredRatio[];
  readonly calls: readonly MeasuredCalls[];
  /** All of these calls together, where each part of them is too few to tell a share of failures. */
  readonly together?: MeasuredCalls;
  /** Whom an expectation is about that names nobody, and how many where it names no number. */
  readonly usual: { readonly name: string; readonly at: number };
}

/** What was measured in a run; without a name an expectation is about the fastest contender. */
export function measuredIn(run: Run): Measured {
  const { measured, doubled } = run;
  const measurements = doubled === undefined ? [measured] : [measured, doubled];
  return {
    ratios: measurements.flatMap((measurement) => ratiosIn(measurement)),
    calls: measurements.flatMap((measurement) => callsIn(measurement)),
    usual: {
      name: judge(run)?.fastest ?? measured.modes[0]?.name ?? '',
      at: measured.number,
    },
  };
}

function ratiosIn({ modes, number }: Measurement): MeasuredRatio[] {
  const complete = modes.map((mode) => ({ ...mode, rounds: completeRounds(mode) }));
  const name = baselineOf(modes.map((mode) => mode.name));
  const baseline = complete.find((mode) => mode.name === name);
  if (baseline === undefined) return [];
  return complete
    .filter((mode) => mode !== baseline)
    .map((mode) => {
      const { estimate } = comparePair(baseline, mode, number);
      return { name: mode.name, at: number, estimate };
    });
}

// A warm-up in which every call fails ends the run; its calls are then all there is to judge by.
function callsIn({ modes, number }: Measurement): MeasuredCalls[] {
  return modes.map((mode) => {
    const complete = completeRounds(mode);
    return complete.length > 0
      ? callsOfRounds(mode.name, number, complete)
      : { ...callsOfRounds(mode.name, number, mode.warmup), rates: [] };
  });
}

/** The calls of these rounds, all of which were made to their end. */
export function callsOfRounds(name: string, at: number, rounds: readonly Round[]): MeasuredCalls {
  const tallies = rounds.map(({ calls }) => calls.tally());
  const samples = latencies(rounds);
  return {
    name,
    at,
    ok: tallies.reduce((sum, { ok }) => sum + ok, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    rates: ratesOf(rounds),
    latency: {
      percentile: (share) => percentile(samples, share),
      meanMs:
        samples.length === 0
          ? undefined
          : samples.reduce((sum, sample) => sum + sample, 0) / samples.length,
      maxMs: samples.at(-1),
    },
  };
}

/** Calls that ended well, a second, of each round. */
export function ratesOf(rounds: readonly Round[]): number[] {
  return rounds.map(({ calls, wallMs }) => (calls.tally().ok / wallMs) * 1000);
}
