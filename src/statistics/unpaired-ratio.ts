import { FEWEST_PAIRS, type RatioEstimate } from './ratio-estimate.js';
import { studentTQuantile } from './student-t.js';

/**
 * The ratio numerator / denominator of two groups that were not measured next to each other: the ratio of their geometric means,
 * with a 95 % interval by Welch's t on the logarithms, which lets the groups spread differently. All values above 0, at least one
 * in each group; with fewer than three in either there is no interval.
 *
 * Source: B. L. Welch, "The Generalization of 'Student's' Problem when Several Different Population Variances are Involved",
 * Biometrika 34 (1947); the degrees of freedom are those of Welch and Satterthwaite.
 */
export function estimateUnpairedRatio(
  numerators: readonly number[],
  denominators: readonly number[],
): RatioEstimate {
  const [a, b] = [momentsOf(numerators), momentsOf(denominators)];
  const difference = a.mean - b.mean;
  const pairs = Math.min(a.count, b.count);
  const ratio = Math.exp(difference);
  if (pairs < FEWEST_PAIRS) return { ratio, interval: undefined, pairs };
  const [u, v] = [a.variance / a.count, b.variance / b.count];
  if (u + v === 0) return { ratio, interval: [ratio, ratio], pairs };
  const degrees = (u + v) ** 2 / (u ** 2 / (a.count - 1) + v ** 2 / (b.count - 1));
  const margin = quantile(degrees) * Math.sqrt(u + v);
  return { ratio, interval: [Math.exp(difference - margin), Math.exp(difference + margin)], pairs };
}

function momentsOf(values: readonly number[]): { count: number; mean: number; variance: number } {
  const logs = values.map((value) => Math.log(value));
  const count = logs.length;
  const mean = logs.reduce((sum, log) => sum + log, 0) / count;
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
  return { count, mean, variance: squares / (count - 1) };
}

// The quantile is close to linear in the reciprocal of the degrees of freedom between two whole numbers of them.
function quantile(degrees: number): number {
  const low = Math.floor(degrees);
  const below = studentTQuantile(0.975, low);
  if (low === degrees) return below;
  const share = (1 / low - 1 / degrees) / (1 / low - 1 / (low + 1));
  return below + share * (studentTQuantile(0.975, low + 1) - below);
}
