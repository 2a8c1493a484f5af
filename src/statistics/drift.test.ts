import { expect, it } from 'vitest';
import { seededRandom } from '../../test/support/seeded-random.js';
import { findDrift } from './drift.js';

it('is the change along the fitted line, where its slope is not chance', () => {
  expect(findDrift([100, 110, 121, 133.1, 146.41])).toEqual({
    change: expect.closeTo(0.4641, 10),
  });
  expect(findDrift([8, 4, 2, 1, 0.5])).toEqual({ change: expect.closeTo(-15 / 16, 10) });
});

it('tests the slope by t at 1 %', () => {
  // Logs 0, 1, 2, 3, 4 times 0.1 with one point off by d in the middle: slope 0.1, residuals of d (4/5, and -1/5 four times),
  // so that its error is d * sqrt(0.8 / 3 / 10); t(0.995, 3) = 5.841 lies at d = 0.1048.
  const logs = (off: number): number[] => [0, 0.1, 0.2 + off, 0.3, 0.4].map((log) => Math.exp(log));
  expect(findDrift(logs(0.104))).not.toBe('none shown');
  expect(findDrift(logs(0.106))).toBe('none shown');
});

it('does not mention less than 2 %', () => {
  expect(findDrift([100, 100.2, 100.4, 100.6, 100.8])).toBe('none shown');
});

it('has nothing to say about fewer than five, nor about values that are all alike', () => {
  expect(findDrift([1, 2, 4, 8])).toBe('too few');
  expect(findDrift([5, 5, 5, 5, 5])).toBe('none shown');
});

const SEED = 1908;
it(`calls about one in a hundred drifting that is not (seed ${SEED})`, () => {
  const { normal } = seededRandom(SEED);
  let called = 0;
  for (let run = 0; run < 4000; run += 1) {
    const values = Array.from({ length: 10 }, () => Math.exp(0.05 * normal()));
    if (findDrift(values) !== 'none shown') called += 1;
  }
  expect(called / 4000).toBeGreaterThan(0.005);
  expect(called / 4000).toBeLessThan(0.015);
});
