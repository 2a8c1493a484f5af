import type { SelftestCheck } from '../core/selftest.js';
import { packageVersion } from '../core/version.js';
import type { Style } from './style.js';

/** One check as a line: whether it passed, what was measured, what was expected and what found. */
export function renderCheck(
  { name, expected, found, passed }: SelftestCheck,
  style: Style,
): string {
  const word = passed ? style.strong('PASS') : style.warning('FAIL');
  return `${word}  ${name}: expected ${expected}, found ${found}`;
}

/** What the checks say together. */
export function selftestSentence(checks: readonly SelftestCheck[], style: Style): string {
  const failed = checks.filter(({ passed }) => !passed).length;
  return failed === 0
    ? style.strong('PASS: what is known beforehand was measured right.')
    : style.warning(
        `FAIL: ${failed} of ${checks.length} checks failed; on a machine that is busy with other things, try again when it is not.`,
      );
}

/** The checks as one JSON document; its form is `schemas/selftest.schema.json`. */
export function selftestDocument(checks: readonly SelftestCheck[]): object {
  return {
    schema: 'lwasync.selftest/1',
    version: packageVersion(),
    passed: checks.every(({ passed }) => passed),
    checks,
  };
}
