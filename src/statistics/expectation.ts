import { UsageError } from '../core/errors.js';
import { formatRatio } from '../core/format-units.js';
import { quoted } from '../core/parse-units.js';
import { MODE_NAMES, type ModeName } from '../core/run.js';
import type { Verdict } from './verdict.js';

/** What somebody expects of a comparison, such as "async at least 8 times as fast as the baseline". */
export interface Expectation {
  readonly text: string;
  readonly mode: ModeName;
  readonly bound: number;
  /** Whether the ratio is to be at least (`>=`) or at most (`<=`) the bound. */
  readonly relation: '>=' | '<=';
}

/** Whether it came true; `inconclusive` when the bound lies inside the interval, or nothing could be compared. */
export type ExpectationResult = 'met' | 'failed' | 'inconclusive';

/**
 * Reads an expectation such as `async>=8x` or `sequential<=1.1x`.
 *
 * @throws {UsageError} when the text is not one.
 */
export function parseExpectation(text: string): Expectation {
  const parts = /^\s*([a-z]+)\s*(>=|<=)\s*(\d+(?:\.\d+)?)x?\s*$/.exec(text);
  const mode = MODE_NAMES.find((name) => name === parts?.[1]);
  const bound = Number(parts?.[3]);
  if (parts === null || mode === undefined || !(bound > 0)) {
    throw new UsageError(
      `expected a mode, >= or <=, and a multiple (like 'async>=8x'), got ${quoted(text)}; ` +
        `the modes are ${MODE_NAMES.join(', ')}`,
    );
  }
  return { text, mode, bound, relation: parts[2] === '<=' ? '<=' : '>=' };
}

/** Holds a verdict against an expectation: the whole interval has to be on the right side of the bound. */
export function checkExpectation(
  expectation: Expectation,
  verdict: Verdict | undefined,
): { result: ExpectationResult; sentence: string } {
  const { text, mode, bound, relation } = expectation;
  const estimate = verdict?.pairs.find((pair) => pair.name === mode)?.estimate;
  if (estimate === undefined) {
    return {
      result: 'inconclusive',
      sentence: `Expected ${text}: inconclusive, ${mode} could not be compared.`,
    };
  }
  if (estimate.interval === undefined) {
    return {
      result: 'inconclusive',
      sentence: `Expected ${text}: inconclusive, too few rounds for an interval (${formatRatio(estimate.ratio)}, 3 are needed).`,
    };
  }
  const [low, high] = estimate.interval;
  const met = relation === '>=' ? low >= bound : high <= bound;
  const missed = relation === '>=' ? high < bound : low > bound;
  const result = met ? 'met' : missed ? 'failed' : 'inconclusive';
  const range = ` (95 %: ${formatRatio(low)} to ${formatRatio(high)})`;
  return {
    result,
    sentence: `Expected ${text}: ${result}, it was ${formatRatio(estimate.ratio)}${range}.`,
  };
}
