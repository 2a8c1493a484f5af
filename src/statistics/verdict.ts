import type { Measurement, ModeRounds, Run } from '../core/run.js';
import { predictDoubledRatio } from './doubling.js';
import { completeRounds } from './round-summary.js';
import { estimateRatio, type RatioEstimate } from './ratio-estimate.js';

/** One contender against the baseline. */
export interface PairVerdict {
  readonly name: string;
  /** Wall time of the baseline divided by that of the contender; `undefined` when no pair of rounds was free of failures. */
  readonly estimate: RatioEstimate | undefined;
  /**
   * What the ratio would be if waiting were all there is: the number of waves of the baseline over those of the contender.
   * `undefined` for two tasks, of which nothing is known but their times.
   */
  readonly ideal: number | undefined;
  /** Share of the ideal that was reached. */
  readonly efficiency: number | undefined;
  /** Whether the interval shows the mode to be faster, slower, or neither. */
  readonly difference: 'faster' | 'slower' | 'none shown';
}

/** What twice the number of calls does to the ratio of the fastest contender. */
export interface Doubling {
  readonly name: string;
  readonly number: number;
  readonly estimate: RatioEstimate;
  readonly how: 'measured' | 'predicted';
  /** The ratio at twice the number over the ratio at the number: 1 is "the same", 2 "twice as good". */
  readonly growth: number;
}

/** The answer of a run. */
export interface Verdict {
  readonly baseline: string;
  /** The contender with the least wall time. */
  readonly fastest: string;
  readonly pairs: readonly PairVerdict[];
  readonly doubling: Doubling | undefined;
}

/** The contender that the others are compared with: `sync` where it was run, otherwise the first. */
export function baselineOf(names: readonly string[]): string | undefined {
  return names.includes('sync') ? 'sync' : names[0];
}

/**
 * Compares every mode of a run with its baseline, over the rounds that were made to their end.
 *
 * @returns `undefined` when the baseline or every other mode has no such round.
 */
export function judge(run: Run): Verdict | undefined {
  const name = baselineOf(run.measured.modes.map((mode) => mode.name));
  const modes = run.measured.modes
    .map((mode) => ({ ...mode, rounds: completeRounds(mode) }))
    .filter((mode) => mode.rounds.length > 0);
  const baseline = modes.find((mode) => mode.name === name);
  if (baseline === undefined || modes.length < 2) return undefined;
  const pairs = modes
    .filter((mode) => mode !== baseline)
    .map((mode) => comparePair(baseline, mode, run.measured.number));
  let best: PairVerdict | undefined;
  for (const pair of pairs) {
    if ((pair.estimate?.ratio ?? 0) > (best?.estimate?.ratio ?? 1)) best = pair;
  }
  const followed = best ?? pairs.at(-1);
  return {
    baseline: baseline.name,
    fastest: best?.name ?? baseline.name,
    pairs,
    doubling: followed === undefined ? undefined : followDoubling(run, baseline, followed),
  };
}

/** One mode against the baseline, over the pairs of rounds in which every call ended well. */
export function comparePair(baseline: ModeRounds, mode: ModeRounds, number: number): PairVerdict {
  const estimate = estimatePair(baseline, mode);
  const waves = (rounds: ModeRounds): number => Math.ceil(number / rounds.concurrency);
  const ideal = baseline.task.text === mode.task.text ? waves(baseline) / waves(mode) : undefined;
  const [low, high] = estimate?.interval ?? [0, Number.POSITIVE_INFINITY];
  return {
    name: mode.name,
    estimate,
    ideal,
    efficiency: estimate === undefined || ideal === undefined ? undefined : estimate.ratio / ideal,
    difference: low > 1 ? 'faster' : high < 1 ? 'slower' : 'none shown',
  };
}

function estimatePair(baseline: ModeRounds, mode: ModeRounds): RatioEstimate | undefined {
  const slow: number[] = [];
  const fast: number[] = [];
  baseline.rounds.forEach((round, index) => {
    const other = mode.rounds[index];
    if (other === undefined) return;
    if (round.calls.tally().ok < round.calls.number) return;
    if (other.calls.tally().ok < other.calls.number) return;
    slow.push(round.wallMs);
    fast.push(other.wallMs);
  });
  return slow.length === 0 ? undefined : estimateRatio(slow, fast);
}

function followDoubling(
  { measured, doubled }: Run,
  baseline: ModeRounds,
  pair: PairVerdict,
): Doubling | undefined {
  const mode = measured.modes.find((candidate) => candidate.name === pair.name);
  if (pair.estimate === undefined || mode === undefined) return undefined;
  const measuredRatio = doubled === undefined ? undefined : ratioIn(doubled, baseline, mode);
  // There are no twice as many files to download.
  const predicted =
    mode.task.text === baseline.task.text && mode.task.kind !== 'download'
      ? predictDoubledRatio(baseline, mode, measured.number)
      : undefined;
  const estimate =
    measuredRatio ??
    (predicted === undefined ? undefined : { ratio: predicted, interval: undefined, pairs: 0 });
  if (estimate === undefined) return undefined;
  return {
    name: pair.name,
    number: measured.number * 2,
    estimate,
    how: measuredRatio === undefined ? 'predicted' : 'measured',
    growth: estimate.ratio / pair.estimate.ratio,
  };
}

function ratioIn(
  { modes }: Measurement,
  baseline: ModeRounds,
  mode: ModeRounds,
): RatioEstimate | undefined {
  const slow = modes.find((candidate) => candidate.name === baseline.name);
  const fast = modes.find((candidate) => candidate.name === mode.name);
  return slow === undefined || fast === undefined ? undefined : estimatePair(slow, fast);
}
