import { expect, it } from 'vitest';
import { estimateRatio, isTight } from './ratio-estimate.js';

it('is the geometric mean of the pairs, with a t interval on their logarithms', () => {
  // Ratios 9, 10, 11: logs 2.197225, 2.302585, 2.397895; mean 2.299235, sd 0.100377, t(2) = 4.302653.
  const estimate = estimateRatio([9, 20, 33], [1, 2, 3]);
  expect(estimate.ratio).toBeCloseTo(9.96655, 4);
  expect(estimate.interval?.[0]).toBeCloseTo(Math.exp(2.299235 - 0.249352), 3);
  expect(estimate.interval?.[1]).toBeCloseTo(Math.exp(2.299235 + 0.249352), 3);
});

it('gives the inverse when the pairs are swapped', () => {
  const forth = estimateRatio([9, 20, 33], [1, 2, 3]);
  const back = estimateRatio([1, 2, 3], [9, 20, 33]);
  expect(back.ratio).toBeCloseTo(1 / forth.ratio, 10);
  expect(back.interval?.[0]).toBeCloseTo(1 / (forth.interval?.[1] ?? 0), 10);
});

it('gives no interval of fewer than three pairs', () => {
  expect(estimateRatio([10, 20], [1, 2])).toMatchObject({ interval: undefined, pairs: 2 });
  expect(isTight(estimateRatio([10, 10], [1, 1]), 1)).toBe(false);
});

it('is tight when the interval is narrow to both sides', () => {
  expect(isTight({ ratio: 10, interval: [9.9, 10.1], pairs: 3 }, 0.02)).toBe(true);
  expect(isTight({ ratio: 10, interval: [9.5, 10.5], pairs: 3 }, 0.02)).toBe(false);
});

it.each([3, 5, 10])('covers the truth in 93 to 97 of 100 runs of %d rounds', (rounds) => {
  const random = gaussian(20261123 + rounds);
  const truth = 9.8;
  const runs = 20_000;
  let covered = 0;
  for (let run = 0; run < runs; run += 1) {
    const fast = Array.from({ length: rounds }, () => Math.exp(0.02 * random()));
    const slow = Array.from({ length: rounds }, () => truth * Math.exp(0.01 * random()));
    const [low, high] = estimateRatio(slow, fast).interval ?? [0, 0];
    if (low <= truth && truth <= high) covered += 1;
  }
  expect(covered / runs).toBeGreaterThan(0.93);
  expect(covered / runs).toBeLessThan(0.97);
});

/** Standard normal numbers from a seed: a linear congruential generator (Lewis, Goodman & Miller 1969) and Box-Muller. */
function gaussian(seed: number): () => number {
  let state = seed % 2_147_483_647;
  const uniform = (): number => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
