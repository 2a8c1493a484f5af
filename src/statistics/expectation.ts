import { UsageError } from '../core/errors.js';
import { parseCount, parseDuration, parseShare, quoted } from '../core/parse-units.js';

const LATENCY_STATISTICS = ['p50', 'p90', 'p95', 'p99', 'p99.9', 'max', 'mean'] as const;

/** A latency of a set of calls: a percentile, the longest, or the mean. */
export type LatencyStatistic = (typeof LATENCY_STATISTICS)[number];

/** On which side of the bound a value has to lie. */
export type Relation = '<' | '<=' | '>' | '>=';

interface Expected {
  /** As it was written. */
  readonly text: string;
  /** The contender that was named, if one was. */
  readonly name: string | undefined;
  /** The number of calls, or in a sweep the calls in flight, that was named behind `@`. */
  readonly at: number | undefined;
  readonly relation: Relation;
}

/** What somebody expects of a measurement. */
export type Expectation =
  /** How many times as fast as the baseline a contender is. */
  | (Expected & { readonly kind: 'ratio'; readonly name: string; readonly bound: number })
  /** A latency, in milliseconds. */
  | (Expected & {
      readonly kind: 'latency';
      readonly statistic: LatencyStatistic;
      readonly bound: number;
    })
  /** The share of the calls that failed, 0 to 1. */
  | (Expected & { readonly kind: 'errors'; readonly bound: number })
  /** Calls that ended well, a second. */
  | (Expected & { readonly kind: 'rate'; readonly bound: number });

/** How expectations are written, to follow "like". */
const EXPECTATION_FORMS =
  "'async>=8x', 'async>=8x@20', 'p99<300ms', 'async:p99<300ms', 'errors<1%' or 'rate>=95/s'";

/**
 * Reads an expectation such as `async>=8x`, `async>=8x@20`, `p99<300ms`, `async:p99<300ms`, `errors<1%` or `rate>=95/s`.
 *
 * @throws {UsageError} when the text is none.
 */
export function parseExpectation(text: string): Expectation {
  const parts = /^\s*([^<>=]+?)\s*(<=|>=|<|>)\s*([^<>=@]+?)\s*(?:@\s*(\w+)\s*)?$/.exec(text);
  const [, subject = '', sign = '', bound = '', number] = parts ?? [];
  const relation = RELATIONS.find((candidate) => candidate === sign);
  try {
    if (relation === undefined) throw new UsageError('no relation');
    const at = number === undefined ? undefined : parseCount(number, { min: 1, max: 1e7 });
    return readSubject(subject, bound, { text: text.trim(), at, relation });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(
      `expected something like ${EXPECTATION_FORMS}, got ${quoted(text)}; ` +
        `latencies are ${LATENCY_STATISTICS.join(', ')}`,
    );
  }
}

/** The share of the calls that a percentile covers; `undefined` for the longest and the mean. */
export function shareOf(statistic: LatencyStatistic): number | undefined {
  if (statistic === 'max' || statistic === 'mean') return undefined;
  return Number((Number(statistic.slice(1)) / 100).toPrecision(12));
}

const RELATIONS: readonly Relation[] = ['<=', '>=', '<', '>'];

// `a:p99` is the latency of a, `p99` that of whoever is meant without a name, and anything else is a name.
function readSubject(
  subject: string,
  bound: string,
  rest: Pick<Expected, 'text' | 'at' | 'relation'>,
): Expectation {
  const colon = subject.lastIndexOf(':');
  const name = colon === -1 ? undefined : subject.slice(0, colon).trim();
  const what = subject.slice(colon + 1).trim();
  const statistic = readStatistic(what);
  if (statistic !== undefined) {
    return { ...rest, kind: 'latency', name, statistic, bound: parseDuration(bound) };
  }
  if (what === 'errors') return { ...rest, kind: 'errors', name, bound: parseShare(bound) };
  if (what === 'rate') return { ...rest, kind: 'rate', name, bound: multiple(bound, '/s') };
  return { ...rest, kind: 'ratio', name: subject, bound: multiple(bound, 'x') };
}

function readStatistic(word: string): LatencyStatistic | undefined {
  return LATENCY_STATISTICS.find((statistic) => statistic === word);
}

function multiple(text: string, unit: string): number {
  const value = Number(/^(\d+(?:\.\d+)?)\s*([a-z/]*)$/.exec(text)?.[1]);
  if (value > 0 && (text.endsWith(unit) || /\d$/.test(text))) return value;
  throw new UsageError(`expected a number of ${unit}`);
}
