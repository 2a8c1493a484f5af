import { describe, expect, it } from 'vitest';
import { buildRound } from '../../test/support/build-run.js';
import { buildLevel, buildSweep } from '../../test/support/build-sweep.js';
import { checkExpectation } from '../statistics/expectation-check.js';
import { parseExpectation } from '../statistics/expectation.js';
import { measuredInSweep } from '../statistics/measured-sweep.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { levelsExpected, sweepCodes } from './sweep-expectations.js';

const TWO = buildRound([
  [0, 10],
  [0, 10, 'TIMEOUT'],
]);
const FOUR = buildRound([
  [0, 10],
  [0, 10],
  [0, 10],
  [0, 10, 'TIMEOUT'],
]);
const RUN = buildSweep([
  buildLevel(1, 10),
  { concurrency: 2, number: 2, rounds: [TWO] },
  { concurrency: 4, number: 4, rounds: [FOUR] },
]);

function codesFor(...texts: string[]): ExitCode[] {
  const measured = measuredInSweep(RUN);
  const checks = texts.map((text) => checkExpectation(parseExpectation(text), measured));
  return sweepCodes(checks, RUN);
}

describe('the exit codes of a sweep', () => {
  it('are those of failed calls, unless they are within an expected limit', () => {
    expect(codesFor()).toContain(EXIT.callsFailed);
    expect(codesFor('errors<60%')).toEqual([]);
    expect(codesFor('errors<1%')).toEqual(
      expect.arrayContaining([EXIT.callsFailed, EXIT.expectationFailed]),
    );
  });

  it('know that a limit for one level says nothing of others', () => {
    expect(codesFor('errors<60%@2')).toEqual([EXIT.callsFailed, EXIT.callsFailed]);
  });

  it('tell what failed from what is not certain', () => {
    expect(codesFor('errors<90%', 'rate>=1000/s@1')).toEqual([EXIT.expectationFailed]);
    expect(codesFor('errors<90%', 'rate>=10/s@3')).toEqual([EXIT.inconclusive]);
  });
});

describe('levels that expectations name', () => {
  it('are measured, and the first where levels are compared', () => {
    const levelsOf = (...texts: string[]): number[] =>
      levelsExpected(texts.map((text) => parseExpectation(text)));
    expect(levelsOf('async>=8x@20', 'p99<300ms@16')).toEqual([1, 20, 16]);
    expect(levelsOf('p99<300ms@16', 'errors<1%')).toEqual([16]);
    expect(levelsOf('async>=8x')).toEqual([1]);
  });
});
