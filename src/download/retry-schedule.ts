import type { Milliseconds } from '../core/units.js';
import { parseHttpDate } from './http-date.js';

const FIRST_INTERVAL_MS: Milliseconds = 500;
const LONGEST_INTERVAL_MS: Milliseconds = 30_000;

/** A server that asks to be left alone for longer than this is not waited for. */
export const LONGEST_RETRY_AFTER_MS: Milliseconds = 300_000;

/**
 * How long a `Retry-After` field asks to wait: a number of seconds, or a date (RFC 9110 section 10.2.3); `undefined` where
 * there is none, or one that is neither. `nowUnixMs` is the date of today in milliseconds since 1970.
 */
export function parseRetryAfter(
  field: string | undefined,
  nowUnixMs: number,
): Milliseconds | undefined {
  const text = field?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = parseHttpDate(text, nowUnixMs);
  return date === undefined ? undefined : Math.max(0, date - nowUnixMs);
}

/**
 * How long to wait before the next try: anything up to an interval that doubles with every failure, from half a second up
 * to half a minute, so that many who failed together do not come back together ("full jitter", M. Brooker, "Exponential
 * Backoff And Jitter", 2015); and at least `retryAfterMs`. `failuresInARow` counts from 1; `random` gives from 0 up to 1.
 */
export function retryDelay(
  failuresInARow: number,
  random: () => number,
  retryAfterMs: Milliseconds | undefined,
): Milliseconds {
  const intervalMs = Math.min(LONGEST_INTERVAL_MS, FIRST_INTERVAL_MS * 2 ** (failuresInARow - 1));
  return Math.max(random() * intervalMs, retryAfterMs ?? 0);
}
