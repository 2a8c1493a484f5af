import type { Milliseconds } from '../../core/units.js';

// 31 years. What is far longer does not fit into 64 bits, and would come out as any time at all.
const LONGEST_MS: Milliseconds = 1e12;

/**
 * Writes a duration as `struct timespec`, seconds and nanoseconds, from `index` on. Rounded up: waking early would be a
 * pass for nothing. Longer than 31 years is 31 years.
 */
export function writeTimespec(
  target: BigInt64Array,
  index: number,
  durationMs: Milliseconds,
): void {
  const nanoseconds = Math.ceil(Math.min(durationMs, LONGEST_MS) * 1e6);
  target[index] = BigInt(Math.floor(nanoseconds / 1e9));
  target[index + 1] = BigInt(nanoseconds % 1e9);
}
