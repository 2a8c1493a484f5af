import { describe, expect, it } from 'vitest';
import { buildMode, buildRound, buildRun, buildWaves } from '../../test/support/build-run.js';
import type { Round, Run } from '../core/run.js';
import { checkExpectation } from './expectation-check.js';
import { parseExpectation } from './expectation.js';
import { measuredIn, type Measured } from './measured.js';

function check(text: string, measured: Measured): { result: string; sentence: string } {
  return checkExpectation(parseExpectation(text), measured);
}

const sync = buildMode('sync', [
  buildWaves(10, 1, 200),
  buildWaves(10, 1, 200),
  buildWaves(10, 1, 200),
]);
const async = buildMode('async', [
  buildWaves(10, 10, 195),
  buildWaves(10, 10, 200),
  buildWaves(10, 10, 205),
]);
const measured = measuredIn(buildRun([sync, async]));

/** One round of calls that end well after so many milliseconds each, and of calls that fail at once. */
function oneRound(latencies: readonly number[], failures = 0): Run {
  const round: Round = buildRound([
    ...latencies.map((latency) => [0, latency] as const),
    ...Array.from({ length: failures }, () => [0, 1, 'HTTP_STATUS'] as const),
  ]);
  return buildRun([buildMode('async', [round])]);
}
const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

describe('a ratio', () => {
  // It is 10.0, its interval 9.4 to 10.6.
  it.each([
    ['async>=8x', 'met'],
    ['async>8', 'met'],
    ['async>=8x@10', 'met'],
    ['async>=12x', 'failed'],
    ['async>=10x', 'inconclusive'],
    ['async<=12x', 'met'],
    ['async<9x', 'failed'],
    ['sequential>=0.5x', 'inconclusive'],
    ['async>=8x@20', 'inconclusive'],
  ])('%s is %s', (text, result) => {
    expect(check(text, measured).result).toBe(result);
  });

  it('is that of twice the number where it was measured', () => {
    const doubled = {
      number: 20,
      modes: [
        buildMode(
          'sync',
          Array.from({ length: 3 }, () => buildWaves(20, 1, 200)),
        ),
        buildMode(
          'async',
          Array.from({ length: 3 }, () => buildWaves(20, 20, 200)),
        ),
      ],
    };
    const both = measuredIn(buildRun([sync, async], { doubled }));
    expect(check('async>=19x@20', both)).toMatchObject({ result: 'met' });
    expect(check('async>=19x', both)).toMatchObject({ result: 'failed' });
  });

  it('is inconclusive when there were too few rounds for an interval', () => {
    const few = [sync, async].map(({ mode, rounds }) =>
      buildMode(mode === 'sync' ? mode : 'async', rounds.slice(0, 1)),
    );
    expect(check('async>=2x', measuredIn(buildRun(few))).sentence).toContain(
      'inconclusive, too few rounds for an interval (10.3x, 3 are needed)',
    );
  });
});

describe('a latency', () => {
  it.each([
    ['p50<=50ms', 'met'],
    ['p50<50ms', 'failed'],
    ['p99<100ms', 'met'],
    ['p99>=99ms', 'met'],
    ['p95<95ms', 'failed'],
    ['max<=100ms', 'met'],
    ['mean<51ms', 'met'],
    ['mean<50ms', 'failed'],
    ['p99.9<1s', 'inconclusive'],
  ])('of 1, 2 … 100 ms: %s is %s', (text, result) => {
    expect(check(text, measuredIn(oneRound(hundred))).result).toBe(result);
  });

  it('is not told of too few calls', () => {
    const { sentence } = check('p99<300ms', measuredIn(oneRound(hundred.slice(0, 99))));
    expect(sentence).toBe(
      'Expected p99<300ms: inconclusive, 99 async calls are too few for p99 (100 are needed).',
    );
  });

  it('is that of the fastest mode, unless another is named', () => {
    expect(check('max<204ms', measured).sentence).toContain('failed, it was 205 ms');
    expect(check('sync:max<204ms', measured).sentence).toContain('met, it was 200 ms');
  });

  it('counts a call that failed as longer than any', () => {
    expect(check('p99<300ms', measuredIn(oneRound(hundred.slice(0, 99), 1))).result).toBe('met');
    const two = check('p99<300ms', measuredIn(oneRound(hundred.slice(0, 98), 2)));
    expect(two).toMatchObject({ result: 'failed' });
    expect(two.sentence).toContain('2 of 100 async calls failed, which have no latency');
    expect(check('max<300ms', measuredIn(oneRound(hundred, 1))).result).toBe('failed');
  });
});

describe('the share of errors', () => {
  it.each([
    ['errors<1%', hundred.length, 0, 'met'],
    ['errors<1%', 99, 1, 'failed'],
    ['errors<=1%', 99, 1, 'met'],
    ['errors<1%', 10, 0, 'inconclusive'],
    ['errors<1%', 10, 1, 'failed'],
    ['errors<=0%', 10, 0, 'met'],
  ])('%s: with %d good and %d failed calls it is %s', (text, good, failed, result) => {
    const run = oneRound(hundred.slice(0, good), failed);
    expect(check(text, measuredIn(run)).result).toBe(result);
  });

  it('is that of every mode, the worst one counts', () => {
    const failing = buildMode('sync', [buildRound([[0, 5, 'TIMEOUT']])]);
    const fine = buildMode('async', [buildWaves(1, 1, 5)]);
    expect(check('errors<=0%', measuredIn(buildRun([failing, fine]))).result).toBe('failed');
  });

  it('counts the warm-up that ended the run because every call failed', () => {
    const warmup = [buildRound([[0, 5, 'TIMEOUT']])];
    const run = buildRun([{ ...buildMode('async', []), warmup }]);
    expect(check('errors<1%', measuredIn(run)).result).toBe('failed');
    expect(check('rate>1/s', measuredIn(run)).result).toBe('inconclusive');
  });
});

describe('a rate', () => {
  it('is looked at with its interval where there are rounds enough', () => {
    // 10 calls in 195, 200 and 205 ms: 50.0 a second, 46.9 to 53.2.
    expect(check('rate>=45/s', measured).result).toBe('met');
    expect(check('rate>=50/s', measured).result).toBe('inconclusive');
    expect(check('rate>=55/s', measured).result).toBe('failed');
    expect(check('sync:rate>=45/s', measured).result).toBe('failed');
  });

  it('is taken as it is of a single run', () => {
    expect(check('rate>=1000/s', measuredIn(oneRound(hundred)))).toMatchObject({
      result: 'met',
      sentence: 'Expected rate>=1000/s: met, it was 1,000/s.',
    });
  });
});

it('what was not measured is inconclusive', () => {
  expect(check('loop:p50<1s', measured).sentence).toBe(
    'Expected loop:p50<1s: inconclusive, loop was not measured.',
  );
});
