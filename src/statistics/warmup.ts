// Fewer say nothing about what is usual.
const FEWEST = 10;
// A transient fades. One or two unusual intervals are an event, such as a stall, and events are what is measured.
const SHORTEST = 3;
// How far outside of what is usual afterwards a transient has to lie.
const UNUSUAL_SHARE = 0.9;

/**
 * How many of the first observations of a series are a transient that should not count, 0 when none is. At most half.
 *
 * MSER: of all ways to cut the beginning off, the one after which the mean is known best, that is with the smallest
 * sum of squared deviations over the squared number of those that are left. It is applied to the ranks of the
 * observations, since a single outlier in the midst of a series would otherwise have everything before it cut off. What it
 * finds is only believed where the first three are all slower, or all faster, than nine tenths of what is left.
 *
 * Source: K. Preston White Jr., "An Effective Truncation Heuristic for Bias Reduction in Simulation Output", Simulation 69
 * (1997), pp. 323-334.
 */
export function transientLength(series: readonly number[]): number {
  if (series.length < FEWEST) return 0;
  const length = smallestStandardError(ranks(series));
  return isTransient(series.slice(0, length), series.slice(length)) ? length : 0;
}

/** The cut, at most half, that leaves the mean with the smallest marginal standard error. The first of several such. */
export function smallestStandardError(series: readonly number[]): number {
  let count = 0;
  let mean = 0;
  let squares = 0;
  let best = 0;
  let smallest = Number.POSITIVE_INFINITY;
  // From the end, so that mean and squares of what is left grow by one observation at a time (Welford 1962).
  for (let cut = series.length - 1; cut >= 0; cut -= 1) {
    const value = series[cut] ?? 0;
    count += 1;
    const before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
    if (cut > series.length / 2) continue;
    const error = squares / count ** 2;
    if (error <= smallest) {
      smallest = error;
      best = cut;
    }
  }
  return best;
}

/** The place of each observation in ascending order, from 1; equal ones share the mean of their places. */
export function ranks(series: readonly number[]): number[] {
  const order = series.map((_, index) => index);
  order.sort((a, b) => (series[a] ?? 0) - (series[b] ?? 0));
  const places = Array.from<number>({ length: series.length });
  for (let first = 0; first < order.length;) {
    let last = first;
    while (series[order[last + 1] ?? -1] === series[order[first] ?? 0]) last += 1;
    for (let at = first; at <= last; at += 1) places[order[at] ?? 0] = (first + last) / 2 + 1;
    first = last + 1;
  }
  return places;
}

// Whether the first few all lie on the same side of nearly everything that is kept.
function isTransient(cut: readonly number[], kept: readonly number[]): boolean {
  const first = cut.slice(0, SHORTEST);
  const most = UNUSUAL_SHARE * kept.length;
  const isSlow = first.every((value) => kept.filter((usual) => usual < value).length >= most);
  const isFast = first.every((value) => kept.filter((usual) => usual > value).length >= most);
  return first.length === SHORTEST && (isSlow || isFast);
}
