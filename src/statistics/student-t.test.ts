import { expect, it } from 'vitest';
import { studentTCdf, studentTQuantile } from './student-t.js';

// Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, critical values of Student's t, column 0.975.
it.each([
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [4, 2.776],
  [5, 2.571],
  [9, 2.262],
  [10, 2.228],
  [29, 2.045],
  [30, 2.042],
  [100, 1.984],
])('has the published 97.5 %% quantile for %d degrees of freedom', (degrees, value) => {
  expect(studentTQuantile(0.975, degrees)).toBeCloseTo(value, 3);
});

// Source: the same table, column 0.995.
it.each([
  [3, 5.841],
  [4, 4.604],
  [8, 3.355],
  [18, 2.878],
])('has the published 99.5 %% quantile for %d degrees of freedom', (degrees, value) => {
  expect(studentTQuantile(0.995, degrees)).toBeCloseTo(value, 3);
});

it('is the inverse of the distribution function', () => {
  for (let degrees = 1; degrees <= 40; degrees += 1) {
    expect(studentTCdf(studentTQuantile(0.9, degrees), degrees)).toBeCloseTo(0.9, 10);
  }
});

it('is one half at zero', () => {
  expect(studentTCdf(0, 1)).toBe(0.5);
  expect(studentTCdf(0, 6)).toBe(0.5);
});
