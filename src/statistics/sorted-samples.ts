declare const sorted: unique symbol;

/** Samples in ascending order; only `sortSamples` makes them, so that a percentile is never taken of unsorted ones. */
export type SortedSamples = Float64Array & { readonly [sorted]: true };

/** A sorted copy of the samples. */
export function sortSamples(samples: ArrayLike<number>): SortedSamples {
  return Float64Array.from(samples).toSorted() as SortedSamples;
}

/**
 * The smallest sample that at least `share` (0 to 1) of all samples do not exceed: the nearest-rank percentile, always a
 * value that was observed. `undefined` when there are no samples.
 *
 * Source: Hyndman & Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996), definition 1.
 */
export function percentile(samples: SortedSamples, share: number): number | undefined {
  // 0.07 * 100 is 7.000000000000001, which must not become rank 8.
  const rank = Math.ceil(Number((share * samples.length).toPrecision(12)));
  return samples[Math.max(rank, 1) - 1];
}

/** The middle sample, or the mean of the two in the middle; `undefined` when there are no samples. */
export function median(samples: SortedSamples): number | undefined {
  const upper = samples[Math.floor(samples.length / 2)];
  const lower = samples[Math.ceil(samples.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}
