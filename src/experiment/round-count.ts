import type { Milliseconds } from '../core/units.js';
import { FEWEST_PAIRS } from '../statistics/ratio-estimate.js';

/** How many counted rounds are made where that is left open. */
export interface RoundRange {
  readonly fewest: number;
  readonly most: number;
}

/**
 * At least as many as give an interval. More than ten gain little: the interval is t(n - 1) / sqrt(n) standard deviations wide
 * to either side, which is 2.5 with 3 rounds, 1.2 with 5, 0.72 with 10 and 0.47 with 20. With 2 to 4 % of noise a round, ten
 * give 1.5 to 3 %.
 */
export const USUAL_ROUNDS: RoundRange = { fewest: FEWEST_PAIRS, most: 10 };

/** Files are somebody's traffic, and may be so large that one round is what anybody waits for: no more than give an interval. */
export const DOWNLOAD_ROUNDS: RoundRange = { fewest: 1, most: FEWEST_PAIRS };

/**
 * How many counted rounds are made when that is left open: as many as fit into the time that is left, within the range. Only
 * times go into this, never ratios: whoever stops when an interval looks good prefers those that look good by chance, and then
 * the truth lies inside in 90 to 93 of 100 runs instead of 95.
 */
export function roundsThatFit(
  roundMs: Milliseconds,
  leftMs: Milliseconds,
  { fewest, most }: RoundRange = USUAL_ROUNDS,
): number {
  const fitting = Math.floor(leftMs / Math.max(roundMs, Number.MIN_VALUE));
  return Math.min(Math.max(fitting, fewest), most);
}
