import { expect, it } from 'vitest';
import { estimateRatio } from './ratio-estimate.js';

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
});

it('is the paired t interval of a textbook', () => {
  // Student's own data, The Probable Error of a Mean, Biometrika 6 (1908), table I: additional hours of sleep of ten
  // patients with two drugs, differences 1.2 2.4 1.3 1.3 0 1 1.8 0.8 4.6 1.4; mean 1.58, 95 % from 0.70 to 2.46.
  const differences = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
  const { ratio, interval } = estimateRatio(
    differences.map((difference) => Math.exp(difference)),
    differences.map(() => 1),
  );
  expect(Math.log(ratio)).toBeCloseTo(1.58, 10);
  expect(Math.log(interval?.[0] ?? 0)).toBeCloseTo(0.7001142, 6);
  expect(Math.log(interval?.[1] ?? 0)).toBeCloseTo(2.4598858, 6);
});
