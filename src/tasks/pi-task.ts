import { UsageError } from '../core/errors.js';
import { localBlockingTask, localTask, type BlockingTask, type Task } from './task.js';

/** Computing digits of π as a task: work for a processor, in which there is nothing to wait for. */
export interface PiTaskSpec {
  readonly kind: 'pi';
  readonly digits: number;
}

/** Digits of π unless others are asked for. */
export const DEFAULT_PI_DIGITS = 2000;
const MOST_DIGITS = 100_000;

/**
 * The task of computing so many digits of π.
 *
 * @throws {UsageError} when their number is not from 1 to 100,000.
 */
export function piTask(digits: number = DEFAULT_PI_DIGITS): PiTaskSpec {
  if (Number.isInteger(digits) && digits >= 1 && digits <= MOST_DIGITS) {
    return { kind: 'pi', digits };
  }
  throw new UsageError(
    `expected a whole number of digits of π from 1 to ${MOST_DIGITS}, got ${digits}`,
  );
}

/** Opens the task in an async function, which computes all the same. */
export function openPiTask({ digits }: PiTaskSpec): Task {
  return localTask(async () => ({ status: 0, value: piDigits(digits) }));
}

/** Opens the task in a plain function. */
export function openBlockingPiTask({ digits }: PiTaskSpec): BlockingTask {
  return localBlockingTask(() => ({ status: 0, value: piDigits(digits) }));
}

/**
 * The first digits of π, `3` among them, without the point.
 *
 * Source: J. Gibbons, "Unbounded Spigot Algorithms for the Digits of Pi", American Mathematical Monthly 113 (2006), the
 * streaming algorithm on Lambert's series.
 */
export function piDigits(count: number): string {
  let [q, r, t, k, n, l] = [1n, 0n, 1n, 1n, 3n, 3n];
  let digits = '';
  while (digits.length < count) {
    if (4n * q + r - t < n * t) {
      digits += n.toString();
      [r, n] = [10n * (r - n * t), (10n * (3n * q + r)) / t - 10n * n];
      q *= 10n;
    } else {
      n = (q * (7n * k) + 2n + r * l) / (t * l);
      r = (2n * q + r) * l;
      q *= k;
      t *= l;
      l += 2n;
      k += 1n;
    }
  }
  return digits;
}
