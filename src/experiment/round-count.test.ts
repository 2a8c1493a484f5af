import { expect, it } from 'vitest';
import { DOWNLOAD_ROUNDS, roundsThatFit } from './round-count.js';

it.each([
  ['as many rounds as fit', 2000, 10_999, 5],
  ['at least three, whether they fit or not', 4200, 10_000, 3],
  ['three when the time is over already', 1000, -5, 3],
  ['at most ten, even if they take no time at all', 0, 1, 10],
])('makes %s', (_, roundMs, leftMs, rounds) => {
  expect(roundsThatFit(roundMs, leftMs)).toBe(rounds);
});

it.each([
  ['one where no second fits', 40_000, 60_000, 1],
  ['two where no third fits', 25_000, 60_000, 2],
  ['three at most, because they are the traffic of others', 5, 60_000, 3],
])('makes of downloads %s', (_, roundMs, leftMs, rounds) => {
  expect(roundsThatFit(roundMs, leftMs, DOWNLOAD_ROUNDS)).toBe(rounds);
});
