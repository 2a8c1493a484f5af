import type { Option } from 'commander';
import { UsageError } from '../core/errors.js';
import { parseCount, parseDuration, quoted } from '../core/parse-units.js';
import { MODE_NAMES, type ModeName } from '../core/run.js';
import { valueOption } from './value-option.js';

/** Most calls of one run: 27 bytes a call are kept, and every report wants to be read. */
const MOST_CALLS = 10_000_000;

/** How many calls, lanes or rounds: a whole number from 1. */
export function parseNumber(text: string): number {
  return parseCount(text, { min: 1, max: MOST_CALLS });
}

/** The option that limits the calls in flight; `usual` is how many there are without it. */
export function concurrencyOption(usual = 'all'): Option {
  const description = `most calls in flight at once (default: ${usual})`;
  return valueOption('-c, --concurrency <count>', description, parseNumber);
}

/** How many threads a pool has. */
export function parseThreads(text: string): number {
  return parseCount(text, { min: 1, max: 1024 });
}

/** How many warm-up rounds: a whole number from 0, or `none`. */
export function parseWarmup(text: string): number {
  if (text === 'none') return 0;
  return parseCount(text, { min: 0, max: 100 });
}

/** A length of time, in milliseconds. */
export function toDuration(text: string): number {
  return parseDuration(text);
}

/** A length of time of at least a millisecond. */
export function toPositiveDuration(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs >= 1) return durationMs;
  throw new UsageError(`expected at least 1ms (like 200ms, 5s or 2m), got ${quoted(text)}`);
}

/** A list of modes with commas between them, in the order given and each once. */
export function parseModes(text: string): ModeName[] {
  const names = text.split(',').map((name) => name.trim());
  const modes = names.map((name) => MODE_NAMES.find((mode) => mode === name));
  const known = modes.filter((mode) => mode !== undefined);
  if (known.length < modes.length || new Set(known).size < known.length) {
    throw new UsageError(
      `expected modes with commas between them, each once (like ${MODE_NAMES.join(',')}), got ${quoted(text)}`,
    );
  }
  return known;
}

/** One `Name: value`, with those before it. */
export function parseHeader(
  text: string,
  before: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  const colon = text.indexOf(':');
  if (colon < 1) {
    throw new UsageError(`expected "Name: value" (like "Accept: text/html"), got ${quoted(text)}`);
  }
  return { ...before, [text.slice(0, colon).trim()]: text.slice(colon + 1).trim() };
}
