/** What is kept of some samples: the one in the middle and the ends. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** The spread of the samples, in any order; `undefined` when there are none. */
export function spreadOf(samples: readonly number[]): Spread | undefined {
  const sorted = samples.toSorted((a, b) => a - b);
  const min = sorted[0];
  const max = sorted.at(-1);
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  const upper = sorted[Math.floor(sorted.length / 2)];
  if (min === undefined || max === undefined || lower === undefined || upper === undefined) {
    return undefined;
  }
  return { median: (lower + upper) / 2, min, max, count: sorted.length };
}

/** Median and ends as text: `2.03 (2.02–2.11)`; of one sample only that. */
export function formatSpread(
  spread: Spread | undefined,
  format: (value: number) => string,
): string {
  if (spread === undefined) return '–';
  const { median, min, max, count } = spread;
  return count === 1 ? format(median) : `${format(median)} (${format(min)}–${format(max)})`;
}

/** Seconds with three decimals: `2.035`. */
export function formatSeconds(seconds: number): string {
  return seconds.toFixed(3);
}

/** A ratio with two decimals: `9.81`. */
export function formatRatio(ratio: number): string {
  return ratio.toFixed(2);
}

/** A count with commas: `5,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US', { maximumFractionDigits: 0 });
}
