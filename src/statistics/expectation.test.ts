import { expect, it } from 'vitest';
import { buildMode, buildRun, buildWaves } from '../../test/support/build-run.js';
import { UsageError } from '../core/errors.js';
import { checkExpectation, parseExpectation } from './expectation.js';
import { judge } from './verdict.js';

const verdict = judge(
  buildRun([
    buildMode('sync', [buildWaves(10, 1, 200), buildWaves(10, 1, 200), buildWaves(10, 1, 200)]),
    buildMode('async', [buildWaves(10, 10, 195), buildWaves(10, 10, 200), buildWaves(10, 10, 205)]),
  ]),
);

// The ratio is 10.0, its interval 9.4 to 10.6.
it.each([
  ['async>=8x', 'met'],
  ['async >= 8', 'met'],
  ['async>=12x', 'failed'],
  ['async>=10x', 'inconclusive'],
  ['async<=12x', 'met'],
  ['async<=9x', 'failed'],
  ['sequential>=0.5x', 'inconclusive'],
])('%s is %s', (text, result) => {
  expect(checkExpectation(parseExpectation(text), verdict).result).toBe(result);
});

it('is inconclusive when there were too few rounds for an interval', () => {
  const few = judge(
    buildRun([
      buildMode('sync', [buildWaves(10, 1, 200)]),
      buildMode('async', [buildWaves(10, 10, 200)]),
    ]),
  );
  const { result, sentence } = checkExpectation(parseExpectation('async>=2x'), few);
  expect(result).toBe('inconclusive');
  expect(sentence).toContain('too few rounds');
});

it.each(['', 'async', 'async>8x', 'fast>=8x', 'async>=0x', 'async>=x', 'async=8'])(
  'refuses %j',
  (text) => {
    expect(() => parseExpectation(text)).toThrow(UsageError);
  },
);
