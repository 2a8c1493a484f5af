import { formatCount } from '../core/format-units.js';
import {
  findInCalls,
  findRatio,
  type ExpectationResult,
  type Finding,
} from './expectation-findings.js';
import type { Expectation } from './expectation.js';
import type { Measured, MeasuredCalls } from './measured.js';

/** What became of an expectation. */
export interface ExpectationCheck {
  readonly expectation: Expectation;
  readonly result: ExpectationResult;
  readonly sentence: string;
  /** Whose calls were looked at. */
  readonly names: readonly string[];
}

/**
 * Holds what was measured against an expectation. Of a ratio and of a rate the whole interval has to be on the right side
 * of the bound. Without a name a latency and a rate are those of the usual contender, errors those of every one.
 */
export function checkExpectation(expectation: Expectation, measured: Measured): ExpectationCheck {
  const { kind, text } = expectation;
  const looked = kind === 'ratio' ? [] : callsMeant(expectation, measured);
  const findings =
    kind === 'ratio'
      ? [checkRatio(expectation, measured)]
      : findInEach(expectation, looked, measured.together);
  const finding = ORDER.map((result) => findings.find((one) => one.result === result)).find(
    (one) => one !== undefined,
  ) ?? {
    result: 'inconclusive',
    because: `${expectation.name ?? 'that'} was not measured${atPhrase(expectation)}`,
  };
  return {
    expectation,
    result: finding.result,
    sentence: `Expected ${text}: ${finding.result}, ${finding.because}.`,
    names: looked.map((calls) => calls.name),
  };
}

// What one part shows counts; whether there are enough calls to tell is seen in all of them together.
function findInEach(
  expectation: Exclude<Expectation, { kind: 'ratio' }>,
  looked: readonly MeasuredCalls[],
  together: MeasuredCalls | undefined,
): Finding[] {
  const findings = looked.map((calls) => findInCalls(expectation, calls));
  if (expectation.kind !== 'errors' || expectation.at !== undefined || together === undefined) {
    return findings;
  }
  return [
    ...findings.filter(({ result }) => result === 'failed'),
    findInCalls(expectation, together),
  ];
}

// The worst of several findings is the one that counts.
const ORDER: readonly ExpectationResult[] = ['failed', 'inconclusive', 'met'];

function callsMeant({ kind, name, at }: Expectation, { calls, usual }: Measured): MeasuredCalls[] {
  const anyone = kind === 'errors' && name === undefined;
  return calls.filter(
    (one) =>
      (anyone || one.name === (name ?? usual.name)) &&
      (one.at === (at ?? usual.at) || (anyone && at === undefined)),
  );
}

function checkRatio(
  expectation: Expectation & { kind: 'ratio' },
  { ratios, usual }: Measured,
): Finding {
  const { name, at = usual.at } = expectation;
  const estimate = ratios.find((ratio) => ratio.name === name && ratio.at === at)?.estimate;
  if (estimate !== undefined) return findRatio(expectation, estimate);
  const because = `${name} could not be compared${atPhrase(expectation)}`;
  return { result: 'inconclusive', because };
}

function atPhrase({ at }: Expectation): string {
  return at === undefined ? '' : ` at ${formatCount(at)}`;
}
