import {
  formatCount,
  formatDuration,
  formatRatio,
  formatShare,
  formatSignificant,
} from '../core/format-units.js';
import { shareOf, type Expectation, type Relation } from './expectation.js';
import type { MeasuredCalls } from './measured.js';
import { estimateRatio, FEWEST_PAIRS, type RatioEstimate } from './ratio-estimate.js';

/** Whether it came true; `inconclusive` when the bound lies inside an interval, or there is too little to tell. */
export type ExpectationResult = 'met' | 'failed' | 'inconclusive';

/** What was found of one contender. */
export interface Finding {
  readonly result: ExpectationResult;
  /** To follow the result and a comma. */
  readonly because: string;
}

/** Holds the ratio of a contender against an expectation: its whole interval has to be on the right side of the bound. */
export function findRatio({ relation, bound }: Expectation, estimate: RatioEstimate): Finding {
  if (estimate.interval === undefined) {
    const because = `too few rounds for an interval (${formatRatio(estimate.ratio)}, ${FEWEST_PAIRS} are needed)`;
    return { result: 'inconclusive', because };
  }
  return inInterval(estimate, relation, bound, formatRatio);
}

/** Holds the calls of a contender against an expectation. */
export function findInCalls(
  expectation: Exclude<Expectation, { kind: 'ratio' }>,
  calls: MeasuredCalls,
): Finding {
  switch (expectation.kind) {
    case 'latency':
      return findLatency(expectation, calls);
    case 'errors':
      return findErrors(expectation, calls);
    case 'rate':
      return findRate(expectation, calls);
  }
}

// A call that failed or never ended has not been answered within any time: it counts as longer than every other.
function findLatency(
  { statistic, relation, bound }: Expectation & { kind: 'latency' },
  { name, ok, failed, neverEnded = 0, latency }: MeasuredCalls,
): Finding {
  const total = ok + failed + neverEnded;
  const share = shareOf(statistic);
  const needed = share === undefined ? 1 : Math.round(1 / (1 - share));
  if (total < needed) {
    const because = `${formatCount(total)} ${name} calls are too few for ${statistic} (${formatCount(needed)} are needed)`;
    return { result: 'inconclusive', because };
  }
  const rank = share === undefined ? total : Math.ceil(Number((share * total).toPrecision(12)));
  const value =
    rank > ok
      ? undefined
      : statistic === 'max'
        ? latency.maxMs
        : statistic === 'mean'
          ? latency.meanMs
          : latency.percentile(rank / ok);
  const of = `of ${formatCount(total)} ${name} calls`;
  if (value === undefined) {
    const how = neverEnded === 0 ? 'failed' : 'failed or never ended';
    const because = `${formatCount(failed + neverEnded)} ${of} ${how}, which have no latency`;
    return { result: holds(Number.POSITIVE_INFINITY, relation, bound) ? 'met' : 'failed', because };
  }
  return {
    result: holds(value, relation, bound) ? 'met' : 'failed',
    because: `it was ${formatDuration(value)} (${of})`,
  };
}

function findErrors(
  { relation, bound }: Expectation & { kind: 'errors' },
  { name, ok, failed }: MeasuredCalls,
): Finding {
  const total = ok + failed;
  // A share of 1 % is seen in no fewer than 100 calls.
  const needed = bound === 0 ? 1 : Math.ceil(Number((1 / bound).toPrecision(12)));
  const made = `${formatCount(failed)} of ${formatCount(total)} ${name} calls failed`;
  if (total === 0 || (holds(failed / total, relation, bound) && total < needed)) {
    return {
      result: 'inconclusive',
      because: `${made}, and ${formatCount(needed)} are needed to tell`,
    };
  }
  return {
    result: holds(failed / total, relation, bound) ? 'met' : 'failed',
    because: `${made} (${formatShare(failed / total)})`,
  };
}

function findRate(
  { relation, bound }: Expectation & { kind: 'rate' },
  { name, rates }: MeasuredCalls,
): Finding {
  const format = (rate: number): string => `${formatSignificant(rate)}/s`;
  if (rates.length === 0) {
    return { result: 'inconclusive', because: `${name} has no round that was made to its end` };
  }
  // Rounds in which nothing succeeded have no logarithm.
  if (rates.length >= FEWEST_PAIRS && rates.every((rate) => rate > 0)) {
    const ones = rates.map(() => 1);
    return inInterval(estimateRatio(rates, ones), relation, bound, format);
  }
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  return {
    result: holds(mean, relation, bound) ? 'met' : 'failed',
    because: `it was ${format(mean)}`,
  };
}

function inInterval(
  { ratio, interval }: RatioEstimate,
  relation: Relation,
  bound: number,
  format: (value: number) => string,
): Finding {
  const [low, high] = interval ?? [ratio, ratio];
  const sides = [low, high].filter((end) => holds(end, relation, bound)).length;
  return {
    result: sides === 2 ? 'met' : sides === 0 ? 'failed' : 'inconclusive',
    because: `it was ${format(ratio)} (95 %: ${format(low)} to ${format(high)})`,
  };
}

function holds(value: number, relation: Relation, bound: number): boolean {
  switch (relation) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
  }
}
