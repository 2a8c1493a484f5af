import { UsageError } from '../core/errors.js';
import { formatCount } from '../core/format-units.js';
import { MODE_NAMES, type ModeName } from '../core/run.js';
import type { SweepRun } from '../core/sweep.js';
import type { ExpectationCheck } from '../statistics/expectation-check.js';
import type { Expectation } from '../statistics/expectation.js';
import { failureCodes, type ExitCode } from './exit-codes.js';
import { judgedCodes, refuseExpectations } from './expectations.js';

/**
 * Refuses what cannot come true in a sweep, before anything is measured.
 *
 * @throws {UsageError} when an expectation is about something that will not be measured.
 */
export function refuseInSweep(
  expectations: readonly Expectation[],
  mode: ModeName,
  most: number,
): void {
  refuseExpectations(expectations, {
    names: [mode],
    whyMissing: (name) =>
      MODE_NAMES.some((other) => other === name)
        ? `is about the mode ${name}, and ${mode} is swept; --mode names another one`
        : undefined,
    baseline: 'one in flight',
    // A level that an expectation names is measured for it.
    sizes: undefined,
    howToSize: () => '',
  });
  const beyond = expectations.find(({ at = 1 }) => at > most);
  if (beyond?.at === undefined) return;
  throw new UsageError(
    `--expect: '${beyond.text}' is about ${formatCount(beyond.at)}, and ${formatCount(most)} is the last level that may be tried; --max ${beyond.at}`,
  );
}

/** The levels that expectations name. */
export function levelsExpected(expectations: readonly Expectation[]): number[] {
  const levels = expectations.flatMap(({ at }) => (at === undefined ? [] : [at]));
  // How many times as fast a level is needs a level that is known well, too: the one at the stop is.
  return expectations.some(({ kind }) => kind === 'ratio') ? [1, ...levels] : levels;
}

/** The exit codes for the calls that failed and the expectations that did. */
export function sweepCodes(checks: readonly ExpectationCheck[], run: SweepRun): ExitCode[] {
  const { mode: name, over } = run;
  const failed = run.levels.flatMap((level) => {
    const at = over === 'number' ? level.number : level.concurrency;
    const codes = failureCodes([{ warmup: [], rounds: level.rounds }]);
    return codes.length === 0 ? [] : [{ at, codes }];
  });
  // Failures within the limit that is expected of one level say nothing of those at others.
  const fitting = checks.map((check) => {
    const { at } = check.expectation;
    return at === undefined || failed.every((one) => one.at === at)
      ? check
      : { ...check, names: [] };
  });
  return judgedCodes(
    fitting,
    failed.map(({ codes }) => ({ name, codes })),
  );
}
