import { expect, it } from 'vitest';
import { seededRandom } from '../../test/support/seeded-random.js';
import { findOutliers } from './outliers.js';

it('finds what is beyond 3.5 by the modified z-score', () => {
  // Median 3.2, median distance 0.15: 4.1 scores 0.6745 * 0.9 / 0.15 = 4.05, 3.9 scores 3.15.
  const values = [3.2, 3.05, 3.35, 2.9, 3.2, 3.9, 4.1, 3.0, 3.3];
  expect(findOutliers(values)).toEqual([{ index: 6, offBy: expect.closeTo(0.28125, 10) }]);
});

it('finds several, which would hide each other by mean and standard deviation', () => {
  expect(findOutliers([10, 10.1, 9.9, 10, 30, 30])?.map(({ index }) => index)).toEqual([4, 5]);
});

it('finds what is too fast as well', () => {
  expect(findOutliers([10, 10.1, 9.9, 10.05, 5])).toEqual([
    { index: 4, offBy: expect.closeTo(-0.5, 2) },
  ]);
});

it('finds the one that differs where all others are alike', () => {
  expect(findOutliers([10, 10, 10, 10, 10, 10, 13])?.map(({ index }) => index)).toEqual([6]);
  expect(findOutliers([10, 10, 10, 10, 10])).toEqual([]);
});

it('does not name what is nearer than 5 %, however odd', () => {
  expect(findOutliers([10, 10, 10, 10, 10, 10.4])).toEqual([]);
});

it('says nothing about fewer than five', () => {
  expect(findOutliers([1, 1, 1, 100])).toBeUndefined();
});

const SEED = 1993;
it.each([
  [0.02, 0.08],
  [0.04, 0.16],
])(`cries wolf seldom: spread %d, in at most %d of 2,000 runs (seed ${SEED})`, (spread, most) => {
  const { normal } = seededRandom(SEED);
  let cries = 0;
  for (let run = 0; run < 2000; run += 1) {
    const values = Array.from({ length: 10 }, () => 100 * (1 + spread * normal()));
    if ((findOutliers(values) ?? []).length > 0) cries += 1;
  }
  expect(cries / 2000).toBeLessThan(most);
});
