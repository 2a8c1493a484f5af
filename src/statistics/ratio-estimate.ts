import { studentTQuantile } from './student-t.js';

/** How many times one thing is another, with the interval that holds the truth in 95 of 100 such measurements. */
export interface RatioEstimate {
  readonly ratio: number;
  /** `undefined` when there are too few pairs to know the spread. */
  readonly interval: readonly [low: number, high: number] | undefined;
  readonly pairs: number;
}

/** With two pairs the interval is 12.7 standard errors wide and says nothing; three is the least that does. */
export const FEWEST_PAIRS = 3;

/**
 * The ratio numerator / denominator of pairs measured next to each other: the geometric mean of the pairs' ratios, with a
 * 95 % Student t interval on their logarithms (a ratio is as likely to be halved as doubled, so its logarithm is what
 * spreads evenly). Needs at least one pair, all values above 0.
 *
 * Source: any text on paired t intervals; on log ratios of run times, Kalibera & Jones, "Rigorous Benchmarking in
 * Reasonable Time", ISMM 2013.
 */
export function estimateRatio(
  numerators: readonly number[],
  denominators: readonly number[],
): RatioEstimate {
  const logs = numerators.map((value, index) =>
    Math.log(value / (denominators[index] ?? Number.NaN)),
  );
  const pairs = logs.length;
  const mean = logs.reduce((sum, log) => sum + log, 0) / pairs;
  if (pairs < FEWEST_PAIRS) return { ratio: Math.exp(mean), interval: undefined, pairs };
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (pairs - 1);
  const margin = studentTQuantile(0.975, pairs - 1) * Math.sqrt(variance / pairs);
  return {
    ratio: Math.exp(mean),
    interval: [Math.exp(mean - margin), Math.exp(mean + margin)],
    pairs,
  };
}
