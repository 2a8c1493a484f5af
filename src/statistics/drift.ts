import { studentTQuantile } from './student-t.js';

/** A steady change from round to round. */
export interface Drift {
  /** How much more the last value is than the first by the fitted line, as a share; negative when it is less. */
  readonly change: number;
}

/** Whether values drift; `too few` where there are not enough to tell a drift from chance. */
export type DriftResult = Drift | 'none shown' | 'too few';

/** A line through fewer points has hardly a point left to contradict it. */
const FEWEST_FOR_DRIFT = 5;
// At 1 % one run in a hundred is called drifting that is not, for each contender.
const CONFIDENCE = 0.995;
/** A change of less than this share from the first to the last makes no difference to anybody. */
const LEAST_CHANGE = 0.02;

/**
 * Whether values above 0 change steadily in the order they were measured: the slope of their logarithms over their numbers
 * differs from 0 by a t test at 1 %, and amounts to at least 2 % from the first to the last.
 *
 * Source: the t test of a regression slope with n - 2 degrees of freedom; Draper & Smith, Applied Regression Analysis,
 * 3rd edition 1998, section 1.4.
 */
export function findDrift(values: readonly number[]): DriftResult {
  const count = values.length;
  if (count < FEWEST_FOR_DRIFT) return 'too few';
  const logs = values.map((value) => Math.log(value));
  const mean = logs.reduce((sum, log) => sum + log, 0) / count;
  const middle = (count - 1) / 2;
  let squares = 0;
  let products = 0;
  logs.forEach((log, index) => {
    squares += (index - middle) ** 2;
    products += (index - middle) * (log - mean);
  });
  const slope = products / squares;
  const residual = logs.reduce(
    (sum, log, index) => sum + (log - mean - slope * (index - middle)) ** 2,
    0,
  );
  const error = Math.sqrt(residual / (count - 2) / squares);
  const change = Math.exp(slope * (count - 1)) - 1;
  const isShown = Math.abs(slope) > studentTQuantile(CONFIDENCE, count - 2) * error;
  return isShown && Math.abs(change) >= LEAST_CHANGE ? { change } : 'none shown';
}
