import { expect, test } from 'vitest';
import { Pacer } from './pacer.js';

test('pieces are due when the bandwidth allows them', () => {
  const pacer = new Pacer(1_000_000, 0);
  expect(pacer.piece).toBe(50_000);
  let now = 0;
  for (let sent = 0; sent < 1_000_000; sent += pacer.piece) now += pacer.delay(pacer.piece, now);
  expect(now).toBeCloseTo(1000);
});

test('a timer that comes a little late is made up for', () => {
  const pacer = new Pacer(1_000_000, 0);
  let now = 0;
  for (let sent = 0; sent < 1_000_000; sent += 50_000) now += pacer.delay(50_000, now) + 7;
  expect(now).toBeCloseTo(1007);
});

test('a reader that stood still gets no more than 50 ms at once afterwards', () => {
  const pacer = new Pacer(1_000_000, 0);
  expect(pacer.delay(50_000, 60_000)).toBe(0);
  expect(pacer.delay(50_000, 60_000)).toBeCloseTo(50);
});

test('a bandwidth of less than a byte per step is kept too', () => {
  const pacer = new Pacer(4, 0);
  expect(pacer.piece).toBe(1);
  expect(pacer.delay(1, 0)).toBe(250);
});

test('without a limit nothing is delayed', () => {
  const pacer = new Pacer(Infinity, 0);
  expect(pacer.piece).toBe(Infinity);
  expect([pacer.delay(65_536, 0), pacer.delay(65_536, 0)]).toEqual([0, 0]);
});
