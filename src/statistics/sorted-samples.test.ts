import fc from 'fast-check';
import { expect, it } from 'vitest';
import { median, percentile, sortSamples } from './sorted-samples.js';

it('takes percentiles by nearest rank', () => {
  const samples = sortSamples([50, 20, 15, 40, 35]);
  // Source: the worked example for nearest rank in Hyndman & Fan's definition 1 with five values.
  expect([0.05, 0.3, 0.4, 0.5, 1].map((share) => percentile(samples, share))).toEqual([
    15, 20, 20, 35, 50,
  ]);
});

it('sorts by number, not by text', () => {
  expect([...sortSamples([10, 9, 100])]).toEqual([9, 10, 100]);
});

it('always returns a value that was observed and that enough samples do not exceed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, min: 0, max: 1e6 }), { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 0, max: 100 }),
      (values, percent) => {
        const value = percentile(sortSamples(values), percent / 100);
        expect(values).toContain(value);
        const atMost = values.filter((other) => other <= (value ?? 0)).length;
        expect(atMost * 100).toBeGreaterThanOrEqual(percent * values.length);
      },
    ),
  );
});

it('takes the mean of the middle two as the median of an even number', () => {
  expect(median(sortSamples([4, 1, 3, 2]))).toBe(2.5);
  expect(median(sortSamples([3, 1, 2]))).toBe(2);
});

it('has nothing to say about no samples', () => {
  expect(percentile(sortSamples([]), 0.5)).toBeUndefined();
  expect(median(sortSamples([]))).toBeUndefined();
});
