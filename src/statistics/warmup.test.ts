import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ranks, smallestStandardError, transientLength } from './warmup.js';

/** Numbers that look random and are always the same (Park and Miller, "minimal standard"). */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('the smallest marginal standard error', () => {
  it('is what one gets by hand', () => {
    // After the first one all are equal, and their mean has no error at all.
    expect(smallestStandardError([10, 2, 2, 2, 2, 2])).toBe(1);
    // Cut 0: squares of (4, 2, 1, 2, 1, 2) about 2 are 6, over 36: 0.167. Cut 1: of (2, 1, 2, 1, 2) about 1.6 are 1.2, over
    // 25: 0.048. Cut 2: of (1, 2, 1, 2) about 1.5 are 1, over 16: 0.0625. Cut 3: of (2, 1, 2) 0.667 over 9: 0.074.
    expect(smallestStandardError([4, 2, 1, 2, 1, 2])).toBe(1);
  });

  it('never cuts more than half off', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (series) => {
        expect(smallestStandardError(series)).toBeLessThanOrEqual(series.length / 2);
      }),
    );
  });

  it('cuts nothing off where all are equal', () => {
    expect(smallestStandardError([7, 7, 7, 7])).toBe(0);
  });
});

it('ranks count from 1, equal ones share the mean of their places', () => {
  expect(ranks([30, 10, 20])).toEqual([3, 1, 2]);
  expect(ranks([5, 1, 5, 5])).toEqual([3, 1, 3, 3]);
  expect(ranks([])).toEqual([]);
});

describe('a transient', () => {
  const steady = (count: number, seed = 1): number[] => {
    const next = noise(seed);
    return Array.from({ length: count }, () => 10 + next());
  };

  it('that fades is cut off, whether it is slow or fast', () => {
    for (const start of [
      [40, 30, 22, 16, 13],
      [2, 3, 4, 6, 8],
    ]) {
      const length = transientLength([...start, ...steady(95)]);
      expect(length).toBeGreaterThanOrEqual(5);
      expect(length).toBeLessThan(10);
    }
  });

  it('is not seen in what is steady, in all but a few of a thousand series', () => {
    const seeds = Array.from({ length: 1000 }, (_, index) => index + 1);
    const cut = seeds.filter((seed) => transientLength(steady(100, seed * 7919)) > 0).length;
    expect(cut).toBeLessThan(10);
  });

  it('is not a stall later on, nor one at the very start that is over at once', () => {
    const later = steady(100);
    later[30] = 1000;
    expect(transientLength(later)).toBe(0);
    expect(transientLength([1000, ...steady(99)])).toBe(0);
  });

  it('is not looked for where there is too little', () => {
    expect(transientLength([9, 8, 7, 1, 1, 1, 1, 1, 1])).toBe(0);
    expect(transientLength([])).toBe(0);
  });

  it('is not a trend that lasts to the end', () => {
    const rising = Array.from({ length: 40 }, (_, index) => index);
    expect(transientLength(rising)).toBeLessThanOrEqual(20);
  });
});
