import { expect, test } from 'vitest';
import { Stalls } from './stalls.js';

test('the last second of every ten is a stall, and what falls due in it is due at its end', () => {
  const stalls = new Stalls(1000, 10_000, 5000);
  const moments = [5000, 13_999, 14_000, 14_600, 14_999, 15_000, 23_999, 24_750];
  expect(moments.map((nowMs) => stalls.remainingMs(nowMs))).toEqual([
    0, 0, 1000, 400, 1, 0, 0, 250,
  ]);
});

test('a stall of no length never comes', () => {
  const stalls = new Stalls(0, 100, 0);
  for (let nowMs = 0; nowMs < 250; nowMs += 1) expect(stalls.remainingMs(nowMs)).toBe(0);
});
