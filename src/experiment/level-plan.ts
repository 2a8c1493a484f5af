import type { Milliseconds } from '../core/units.js';
import {
  findStop,
  isOnBothSides,
  ROUNDS_TO_TELL,
  stillGains,
  type LevelThroughput,
} from '../statistics/stop-rule.js';

// Where rounds lie on both sides of what counts as enough, more of them tell.
const MOST_ROUNDS = 7;

// The calls at the begin and the end of a round have less company than the others: in twenty waves that is little.
const WAVES = 20;
const FEWEST_WAVES = 3;
const SHORTEST_MS: Milliseconds = 500;
const LEVELS_WITHOUT_GAIN = 2;
const MOST_BISECTIONS = 5;

/** What is expected of a level, in calls a second: as much as the one before, or as much more as there are more in flight. */
export interface ExpectedRate {
  readonly least: number;
  readonly most: number;
}

/**
 * How many calls make a level steady: a multiple of those in flight, at least twenty times as many, and enough for half a
 * second; fewer, though at least three times as many, where that would take longer than `longestMs`.
 */
export function callsOfLevel(
  concurrency: number,
  { least, most }: ExpectedRate,
  longestMs: Milliseconds,
): number {
  const wanted = Math.max(WAVES * concurrency, (most * SHORTEST_MS) / 1000);
  const possible = Math.max(FEWEST_WAVES * concurrency, (least * longestMs) / 1000);
  return Math.ceil(Math.min(wanted, possible) / concurrency) * concurrency;
}

/**
 * The next level to try by doubling; `undefined` when two in a row gained nothing, or `most` was tried. Below `settledAt` a
 * level that gains nothing is no reason to stop: with a limit on the calls in flight, 16 calls may gain what 8 do and 64 more.
 */
export function nextDoubling(
  measured: readonly LevelThroughput[],
  most: number,
  settledAt = 0,
): number | undefined {
  // Those in between were looked at for another reason.
  const levels = measured.filter(({ at }) => Number.isInteger(Math.log2(at)) || at === most);
  const last = levels.at(-1);
  if (last === undefined) return 1;
  if (last.at >= most) return undefined;
  const gains = levels.map((_, index) => index === 0 || stillGains(levels.slice(0, index + 1)));
  const settled = levels.length > LEVELS_WITHOUT_GAIN && last.at >= settledAt;
  if (settled && !gains.slice(-LEVELS_WITHOUT_GAIN).includes(true)) return undefined;
  return Math.min(last.at * 2, most);
}

/** The level to try between the stop and the one before it; `undefined` when they are close enough. */
export function nextBisection(levels: readonly LevelThroughput[]): number | undefined {
  const { at } = findStop(levels);
  const below = levels.findLast((level) => at !== undefined && level.at < at);
  if (at === undefined || below === undefined) return undefined;
  const closeEnough = Math.max(1, Math.floor(at / 2 ** MOST_BISECTIONS));
  return at - below.at <= closeEnough ? undefined : Math.floor((at + below.at) / 2);
}

/** The levels that decide where the stop is, and those that were named, that have not been measured often enough. */
export function nextCandidates(
  levels: readonly LevelThroughput[],
  named: readonly number[] = [],
): number[] {
  const candidates = candidatesOf(levels).flatMap((at) =>
    levels.filter((level) => level.at === at),
  );
  const isClear = !candidates.some((level) => isOnBothSides(level, levels));
  const wanted = isClear ? ROUNDS_TO_TELL : MOST_ROUNDS;
  const few = candidates.filter(({ throughputs }) => throughputs.length < wanted);
  // Where not one call ended well, more of the same would tell nothing.
  const unsure = candidates.length === 0 ? [] : unsureOf(levels, named);
  return [...new Set([...few.map(({ at }) => at), ...unsure])].toSorted((a, b) => a - b);
}

/** Those of the named levels that have fewer rounds than tell something. */
export function unsureOf(levels: readonly LevelThroughput[], named: readonly number[]): number[] {
  return named.filter(
    (at) => (levels.find((level) => level.at === at)?.throughputs.length ?? 0) < ROUNDS_TO_TELL,
  );
}

/** The levels that decide where the stop is: the first, those around it, and the best. */
export function candidatesOf(measured: readonly LevelThroughput[]): number[] {
  const levels = measured.filter(({ throughput }) => throughput > 0);
  const { at } = findStop(levels);
  const chosen = at === undefined ? withoutStop(levels) : aroundStop(levels, at);
  const first = levels[0];
  return [...new Set([...(first === undefined ? [] : [first.at]), ...chosen])].toSorted(
    (a, b) => a - b,
  );
}

function withoutStop(levels: readonly LevelThroughput[]): number[] {
  const last = levels.at(-1);
  const half = levels.findLast(({ at }) => last !== undefined && at <= last.at / 2);
  return [half, last].flatMap((level) => (level === undefined ? [] : [level.at]));
}

function aroundStop(levels: readonly LevelThroughput[], at: number): number[] {
  const index = levels.findIndex((level) => level.at === at);
  const best = levels.reduce((most, level) => (level.throughput > most.throughput ? level : most));
  return [levels[index - 1], levels[index], levels[index + 1], best].flatMap((level) =>
    level === undefined ? [] : [level.at],
  );
}
