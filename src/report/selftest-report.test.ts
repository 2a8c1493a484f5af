import { describe, expect, it } from 'vitest';
import type { SelftestResult } from '../core/selftest.js';
import { renderCheck, selftestSentence } from './selftest-report.js';
import { PLAIN_STYLE } from './style.js';

function checkThat(result: SelftestResult): Parameters<typeof renderCheck>[0] {
  return { name: 'slots', expected: '8', found: '9', result };
}

describe('the report of a selftest', () => {
  it.each<[SelftestResult, string]>([
    ['passed', 'PASS  slots: expected 8, found 9'],
    ['failed', 'FAIL  slots: expected 8, found 9'],
    ['inconclusive', 'BUSY  slots: expected 8, found 9'],
  ])('has a line for a check that %s', (result, line) => {
    expect(renderCheck(checkThat(result), PLAIN_STYLE)).toBe(line);
  });

  it('says that it failed when one check did, and that it does not know when none did and one does not tell', () => {
    const [passed, failed, unsure] = [
      checkThat('passed'),
      checkThat('failed'),
      checkThat('inconclusive'),
    ];
    const sentenceOf = (...checks: readonly ReturnType<typeof checkThat>[]): string =>
      selftestSentence(checks, PLAIN_STYLE);
    expect(sentenceOf(passed, failed, unsure)).toMatch(/^FAIL: 1 of 3 checks failed/);
    expect(sentenceOf(passed, unsure)).toMatch(/^BUSY: .* too busy to tell in 1 of 2 checks/);
    expect(sentenceOf(passed, passed)).toMatch(/^PASS/);
  });
});
