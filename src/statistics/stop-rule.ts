/** What one level of a sweep brought: each of its rounds, and the median of them. */
export interface LevelThroughput {
  /** What is swept over. */
  readonly at: number;
  /** Of each round. */
  readonly throughputs: readonly number[];
  /** The median of the rounds. */
  readonly throughput: number;
}

/** Where more calls in flight stop to bring more. */
export interface Stop {
  /** The smallest level within 5 % of the best throughput; `undefined` when the last doubling still gained. */
  readonly at: number | undefined;
  /**
   * From the least to the most that `at` may be in truth: what was not tried and what cannot be told apart lies inside. Where no
   * stop was found, the last level that was tried.
   */
  readonly range: readonly [low: number, high: number];
}

/** A gain of less is none. */
const MATERIAL_GAIN = 0.05;

/** With so many rounds a level is known well enough to be the best. */
export const ROUNDS_TO_TELL = 3;

/**
 * Finds where the gain stops, in levels of ascending order.
 *
 * The best is looked for among the levels with more than one round, as soon as one has three, since the largest of many single
 * rounds is large by chance. Rounds are made in turns, so that a level with one round less than another is known as well; the
 * one that happens to be ahead when it is stopped is not the only one that counts. The range begins behind the last level of which every round was below 95 % of the
 * best, and ends at the first from the stop on of which every round reached it.
 */
export function findStop(levels: readonly LevelThroughput[]): Stop {
  const last = levels.at(-1);
  if (last === undefined) return { at: undefined, range: [1, 1] };
  if (stillGains(levels)) return { at: undefined, range: [last.at, last.at] };
  const enough = enoughOf(levels);
  const stop = levels.find(({ throughput }) => throughput >= enough) ?? last;
  const surelyBelow = levels
    .slice(0, levels.indexOf(stop))
    .findLast(({ throughputs }) => Math.max(...throughputs) < enough);
  const low = surelyBelow === undefined ? (levels[0] ?? last).at : surelyBelow.at + 1;
  const surelyEnough = levels.find(
    ({ at, throughputs }) => at >= stop.at && Math.min(...throughputs) >= enough,
  );
  return { at: stop.at, range: [Math.min(low, stop.at), surelyEnough?.at ?? stop.at] };
}

/** Whether some rounds of a level reached 95 % of the best and some did not, so that more of them would tell. */
export function isOnBothSides(
  { throughputs }: LevelThroughput,
  levels: readonly LevelThroughput[],
): boolean {
  const enough = enoughOf(levels);
  return Math.min(...throughputs) < enough && Math.max(...throughputs) >= enough;
}

function enoughOf(levels: readonly LevelThroughput[]): number {
  const mostRounds = Math.max(...levels.map(({ throughputs }) => throughputs.length));
  const sure = levels.filter(
    ({ throughputs }) => throughputs.length >= Math.min(mostRounds, ROUNDS_TO_TELL) - 1,
  );
  return Math.max(...sure.map(({ throughput }) => throughput)) * (1 - MATERIAL_GAIN);
}

/** Whether the last level brought materially more than every level up to half of it. */
export function stillGains(levels: readonly LevelThroughput[]): boolean {
  const last = levels.at(-1);
  if (last === undefined) return false;
  const before = levels.filter(({ at }) => at <= last.at / 2);
  if (before.length === 0) return true;
  const most = Math.max(...before.map(({ throughput }) => throughput));
  return last.throughput > most * (1 + MATERIAL_GAIN);
}

/** The most that `number` calls with `concurrency` in flight can gain: the last wave may not be full. */
export function idealGain(number: number, concurrency: number): number {
  return number / Math.ceil(number / concurrency);
}
