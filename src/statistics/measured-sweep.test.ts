import { describe, expect, it } from 'vitest';
import { buildRound } from '../../test/support/build-run.js';
import { buildLevel, buildSlots, buildSweep } from '../../test/support/build-sweep.js';
import { checkExpectation } from './expectation-check.js';
import { parseExpectation } from './expectation.js';
import { measuredInSweep } from './measured-sweep.js';

const SLOTS = buildSweep(buildSlots(8, 50));

function sentence(text: string, run = SLOTS): string {
  return checkExpectation(parseExpectation(text), measuredInSweep(run)).sentence;
}

describe('what can be expected of a sweep', () => {
  it.each([
    ['async>=7.9x', 'met, it was 8.00x (95 %: 8.00x to 8.00x)'],
    ['async>=5x@4', 'failed, it was 4.00x (95 %: 4.00x to 4.00x)'],
    ['async>=7.9x@32', 'met, it was 8.00x'],
    ['async>=1x@1', 'met, it was 1.00x'],
    ['async>=8x@5', 'inconclusive, async could not be compared at 5'],
    ['p99<60ms', 'met, it was 50.0 ms (of 480 async calls)'],
    ['p99<60ms@16', 'failed, it was 100 ms (of 960 async calls)'],
    ['rate>=150/s', 'met, it was 160/s'],
    ['rate>=95/s@4', 'failed, it was 80.0/s'],
    ['rate>=95/s@5', 'inconclusive, that was not measured at 5'],
    ['errors<1%', 'met, 0 of 4,200 async calls failed'],
    ['errors<1%@1', 'inconclusive, 0 of 60 async calls failed'],
  ])('%s: %s', (text, part) => {
    expect(sentence(text)).toContain(`Expected ${text}: ${part}`);
  });

  it('is the last level where no stop was found', () => {
    const run = buildSweep([1, 2, 4].map((concurrency) => buildLevel(concurrency, 50)));
    expect(measuredInSweep(run).usual).toEqual({ name: 'async', at: 4 });
    expect(sentence('async>=3x', run)).toContain('met, it was 4.00x');
  });

  it('has no ratio where too few rounds were made, or calls failed in them', () => {
    const first = buildLevel(1, 50);
    const once = { ...first, rounds: first.rounds.slice(0, 1) };
    const run = buildSweep([once, buildLevel(2, 50)]);
    expect(sentence('async>=1x@2', run)).toContain('inconclusive, too few rounds for an interval');
    const failing = {
      concurrency: 2,
      number: 2,
      rounds: [
        buildRound([
          [0, 10],
          [0, 10, 'TIMEOUT'],
        ]),
      ],
    };
    const broken = buildSweep([buildLevel(1, 50), failing]);
    expect(sentence('async>=1x@2', broken)).toContain('could not be compared');
    expect(sentence('errors<1%', broken)).toContain('failed, 1 of 2 async calls failed');
    expect(sentence('errors<1%', buildSweep([]))).toContain('inconclusive');
  });
});
