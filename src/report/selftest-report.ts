import { resultOf, type SelftestCheck, type SelftestResult } from '../core/selftest.js';
import { packageVersion } from '../core/version.js';
import type { Style } from './style.js';

const WORDS: Readonly<Record<SelftestResult, string>> = {
  passed: 'PASS',
  failed: 'FAIL',
  inconclusive: 'BUSY',
};

/** One check as a line: whether it passed, what was measured, what was expected and what found. */
export function renderCheck(
  { name, expected, found, result }: SelftestCheck,
  style: Style,
): string {
  const word = result === 'passed' ? style.strong(WORDS[result]) : style.warning(WORDS[result]);
  return `${word}  ${name}: expected ${expected}, found ${found}`;
}

/** What the checks say together. */
export function selftestSentence(checks: readonly SelftestCheck[], style: Style): string {
  const result = resultOf(checks);
  const count = checks.filter((check) => check.result === result).length;
  switch (result) {
    case 'passed':
      return style.strong('PASS: what is known beforehand was measured right.');
    case 'failed':
      return style.warning(
        `FAIL: ${count} of ${checks.length} checks failed; on a machine that is busy with other things, try again when it is not.`,
      );
    case 'inconclusive':
      return style.warning(
        `BUSY: other programs keep this machine too busy to tell in ${count} of ${checks.length} checks; ` +
          `try again when they do not.`,
      );
  }
}

/** The checks as one JSON document; its form is `schemas/selftest.schema.json`. */
export function selftestDocument(checks: readonly SelftestCheck[]): object {
  return {
    schema: 'lwasync.selftest/1',
    version: packageVersion(),
    result: resultOf(checks),
    checks,
  };
}
