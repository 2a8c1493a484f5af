import type { Option } from 'commander';
import { UsageError } from '../core/errors.js';
import { formatCount } from '../core/format-units.js';
import type { ModeRounds } from '../core/run.js';
import type { ExpectationCheck } from '../statistics/expectation-check.js';
import { parseExpectation, type Expectation } from '../statistics/expectation.js';
import { EXIT, failureCodes, type ExitCode } from './exit-codes.js';
import { valueOption } from './value-option.js';

/** What is going to be measured, as far as expectations are about it. */
export interface ExpectationPlan {
  /** The contenders, and why others are not among them. */
  readonly names: readonly string[];
  readonly whyMissing: (name: string) => string | undefined;
  /** Whom the others are compared with; `undefined` where nothing is compared. */
  readonly baseline: string | undefined;
  /** The numbers of calls, or in a sweep of calls in flight; `undefined` while they are open. */
  readonly sizes: readonly number[] | undefined;
  /** What to type for another number of calls. */
  readonly howToSize: (size: number) => string;
}

/** The option that expects something, with examples that suit the command. */
export function expectOption(like: string): Option {
  return valueOption<Expectation[]>(
    '--expect <expectation>',
    `fail unless it is so, like ${like}; may be given again`,
    (text, before = []) => [...before, parseExpectation(text)],
  );
}

/**
 * Refuses what cannot come true before anything is measured.
 *
 * @throws {UsageError} when an expectation is about something that will not be measured.
 */
export function refuseExpectations(
  expectations: readonly Expectation[],
  plan: ExpectationPlan,
): void {
  for (const expectation of expectations) {
    const reason = refusal(expectation, plan);
    if (reason !== undefined) throw new UsageError(`--expect: '${expectation.text}' ${reason}`);
  }
}

function refusal({ kind, name, at }: Expectation, plan: ExpectationPlan): string | undefined {
  const { names, baseline, sizes } = plan;
  if (kind === 'ratio' && baseline === undefined) {
    return `compares with another mode, which lwasync compare does; expected something like 'p99<300ms', 'errors<1%' or 'rate>=95/s'`;
  }
  if (name !== undefined && !names.includes(name)) {
    return plan.whyMissing(name) ?? `names ${name}, expected ${names.join(' or ')}`;
  }
  if (kind === 'ratio' && name === baseline) {
    return `compares ${name} with itself, expected another mode; the others are compared with it`;
  }
  if (at !== undefined && sizes !== undefined && !sizes.includes(at)) {
    const measured = sizes.map((size) => formatCount(size)).join(' and ');
    return `is about ${formatCount(at)}, and ${measured} will be measured; ${plan.howToSize(at)}`;
  }
  return undefined;
}

/** The exit codes for the calls that failed and the expectations that did; failures within an expected limit are none. */
export function checkedCodes(
  checks: readonly ExpectationCheck[],
  modes: readonly ModeRounds[],
): ExitCode[] {
  const failed = modes.map((mode) => ({ name: mode.name, codes: failureCodes([mode]) }));
  return judgedCodes(checks, failed);
}

/** The same where the codes for the calls of each contender that failed are known. */
export function judgedCodes(
  checks: readonly ExpectationCheck[],
  failed: readonly { readonly name: string; readonly codes: readonly ExitCode[] }[],
): ExitCode[] {
  const tolerated = new Set(
    checks
      .filter(({ expectation, result }) => expectation.kind === 'errors' && result === 'met')
      .flatMap(({ names }) => names),
  );
  return [
    ...failed.flatMap(({ name, codes }) =>
      codes.filter((code) => code !== EXIT.callsFailed || !tolerated.has(name)),
    ),
    ...(checks.some((check) => check.result === 'failed') ? [EXIT.expectationFailed] : []),
    ...(checks.some((check) => check.result === 'inconclusive') ? [EXIT.inconclusive] : []),
  ];
}
