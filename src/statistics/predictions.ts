import type { Measurement, ModeRounds, Run } from '../core/run.js';
import { predictDoubledRatio } from './doubling.js';
import { completeRounds } from './round-summary.js';
import type { RatioEstimate } from './ratio-estimate.js';
import { baselineOf, comparePair } from './verdict.js';

/** What was to be expected of a contender with one number of calls, beside what was measured. Ratios against the baseline. */
export interface Prediction {
  readonly name: string;
  readonly baseline: string;
  readonly number: number;
  /** If waiting were all there is; `undefined` for two tasks. */
  readonly ideal: number | undefined;
  /** From what was measured with half as many calls; `undefined` for the number that the run began with. */
  readonly predicted: number | undefined;
  /** `undefined` when it was not measured, or calls failed in every pair of rounds. */
  readonly measured: RatioEstimate | undefined;
}

/**
 * Prediction beside measurement for every contender but the baseline: with N calls and with 2N. Empty when there is nothing to
 * compare, and for downloads, of which nothing is predicted.
 */
export function predictions(run: Run): Prediction[] {
  const modes = run.measured.modes
    .map((mode) => ({ ...mode, rounds: completeRounds(mode) }))
    .filter((mode) => mode.rounds.length > 0);
  const name = baselineOf(run.measured.modes.map((mode) => mode.name));
  const baseline = modes.find((mode) => mode.name === name);
  // Of files to download there are as many as there are.
  if (baseline === undefined || baseline.task.kind === 'download') return [];
  return modes.flatMap((mode) =>
    mode === baseline
      ? []
      : [atNumber(run.measured.number, baseline, mode), atTwice(run, baseline, mode)],
  );
}

function atNumber(number: number, baseline: ModeRounds, mode: ModeRounds): Prediction {
  const { name, ideal, estimate: measured } = comparePair(baseline, mode, number);
  return { name, baseline: baseline.name, number, ideal, predicted: undefined, measured };
}

function atTwice(
  { measured: { number }, doubled }: Run,
  baseline: ModeRounds,
  mode: ModeRounds,
): Prediction {
  const twice = number * 2;
  const asMeasured = (rounds: ModeRounds): ModeRounds =>
    findIn(doubled, rounds.name) ?? { ...rounds, ...unmeasured(rounds, twice) };
  const { ideal, estimate } = comparePair(asMeasured(baseline), asMeasured(mode), twice);
  return {
    name: mode.name,
    baseline: baseline.name,
    number: twice,
    ideal,
    predicted: predictDoubledRatio(baseline, mode, number),
    measured: estimate,
  };
}

function findIn(measurement: Measurement | undefined, name: string): ModeRounds | undefined {
  const found = measurement?.modes.find((mode) => mode.name === name);
  return found === undefined ? undefined : { ...found, rounds: completeRounds(found) };
}

function unmeasured(
  { limit }: ModeRounds,
  number: number,
): Pick<ModeRounds, 'concurrency' | 'rounds'> {
  return { concurrency: Math.min(number, limit), rounds: [] };
}
