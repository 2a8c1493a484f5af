import { UsageError } from './errors.js';
import type { Bytes, Milliseconds } from './units.js';

const COUNT_SUFFIXES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6 };
const DURATION_UNITS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
const SIZE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** Bounds of a number, both inclusive. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Reads a whole number such as `10`, `10k` or `1m`.
 *
 * @throws {UsageError} when the text is not such a number or lies outside `range`.
 */
export function parseCount(text: string, range: Range): number {
  const value = scaled(text, COUNT_SUFFIXES);
  if (value === undefined || !Number.isInteger(value) || value < range.min || value > range.max) {
    throw new UsageError(
      `expected a whole number from ${grouped(range.min)} to ${grouped(range.max)} ` +
        `(like 10, 10k or 1m), got ${quoted(text)}`,
    );
  }
  return value;
}

/**
 * Reads a length of time such as `200ms`, `1.5s` or `2m`; a unit is required, except after a zero.
 *
 * @throws {UsageError} when the text is not a length of time or exceeds `max`.
 */
export function parseDuration(text: string, max: Milliseconds = 24 * 3_600_000): Milliseconds {
  const value = text === '0' ? 0 : scaled(text, DURATION_UNITS);
  if (value === undefined || value > max) {
    throw new UsageError(
      `expected a duration with its unit, at most ${max / 3_600_000}h (like 200ms, 5s or 2m), got ${quoted(text)}`,
    );
  }
  return value;
}

/**
 * Reads a size such as `500`, `10kB`, `1MB` (10^6) or `1MiB` (2^20), in bytes.
 *
 * @throws {UsageError} when the text is not a whole number of bytes or exceeds `max`.
 */
export function parseSize(text: string, max: Bytes = 2 ** 40): Bytes {
  const value = scaled(text.toLowerCase(), SIZE_UNITS);
  if (value === undefined || value < 1 || value > max) {
    throw new UsageError(`expected a size (like 500, 10kB, 1MB or 1MiB), got ${quoted(text)}`);
  }
  return Math.round(value);
}

/**
 * Reads a transfer rate such as `2MB/s`, in bytes per second; the `/s` may be left out.
 *
 * @throws {UsageError} when the text is not a rate.
 */
export function parseRate(text: string): Bytes {
  try {
    return parseSize(text.replace(/\/s$/i, ''));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(
      `expected a rate in bytes per second (like 500kB/s or 2MB/s), got ${quoted(text)}`,
    );
  }
}

/**
 * Reads how many calls a second: `100`, `2k`, `0.5` or `100/s`.
 *
 * @throws {UsageError} when the text is no such number, or is not from 0.001 to a million.
 */
export function parseCallRate(text: string): number {
  const value = scaled(text.replace(/\/s$/i, ''), COUNT_SUFFIXES);
  if (value === undefined || value < 0.001 || value > 1e6) {
    throw new UsageError(
      `expected calls a second from 0.001 to 1,000,000 (like 100, 2k or 0.5), got ${quoted(text)}`,
    );
  }
  return value;
}

/**
 * Reads a share from 0 to 1, such as `0.05`, or as `5%`.
 *
 * @throws {UsageError} when the text is not a share.
 */
export function parseShare(text: string): number {
  const value = scaled(text, { '': 1, '%': 0.01 });
  if (value === undefined || value > 1) {
    throw new UsageError(`expected a share from 0 to 1 (like 0.05 or 5%), got ${quoted(text)}`);
  }
  return value;
}

/** What the user typed, in quotes and no longer than a line. */
export function quoted(text: string): string {
  return `'${text.length > 60 ? `${text.slice(0, 57)}...` : text}'`;
}

function scaled(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const parts = /^(\d+(?:\.\d+)?)\s?([a-z%]*)$/i.exec(text.trim());
  if (parts === null) return undefined;
  const [, digits = '', suffix = ''] = parts;
  const unit = Object.hasOwn(units, suffix) ? units[suffix] : undefined;
  if (unit === undefined) return undefined;
  // A product of decimals such as 1.1 and 1e3 is off by a rounding error, which must not make it "not whole".
  return Number((Number(digits) * unit).toPrecision(15));
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
