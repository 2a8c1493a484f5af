import type { Milliseconds } from '../core/units.js';
import { FEWEST_PAIRS } from '../statistics/ratio-estimate.js';

/**
 * More rounds than this gain little: the interval is t(n - 1) / sqrt(n) standard deviations wide to either side, which is
 * 2.5 with 3 rounds, 1.2 with 5, 0.72 with 10 and 0.47 with 20. With 2 to 4 % of noise a round, ten give 1.5 to 3 %.
 */
const MOST_ROUNDS = 10;

/**
 * How many counted rounds are made when that is left open: as many as fit into the time that is left, at least three and
 * at most ten. Only times go into this, never ratios: whoever stops when an interval looks good prefers those that look
 * good by chance, and then the truth lies inside in 90 to 93 of 100 runs instead of 95.
 */
export function roundsThatFit(roundMs: Milliseconds, leftMs: Milliseconds): number {
  const fitting = Math.floor(leftMs / Math.max(roundMs, Number.MIN_VALUE));
  return Math.min(Math.max(fitting, FEWEST_PAIRS), MOST_ROUNDS);
}
