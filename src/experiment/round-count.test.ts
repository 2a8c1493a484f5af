import { expect, it } from 'vitest';
import { roundsThatFit } from './round-count.js';

it.each([
  ['as many rounds as fit', 2000, 10_999, 5],
  ['at least three, whether they fit or not', 4200, 10_000, 3],
  ['three when the time is over already', 1000, -5, 3],
  ['at most ten, even if they take no time at all', 0, 1, 10],
])('makes %s', (_, roundMs, leftMs, rounds) => {
  expect(roundsThatFit(roundMs, leftMs)).toBe(rounds);
});
