import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  callsOfLevel,
  candidatesOf,
  nextBisection,
  nextCandidates,
  nextDoubling,
} from './level-plan.js';
import type { LevelThroughput } from '../statistics/stop-rule.js';

function levels(
  ...pairs: readonly (readonly [at: number, throughput: number])[]
): LevelThroughput[] {
  return pairs.map(([at, throughput]) => ({ at, throughput, throughputs: [throughput] }));
}

/** Every level that a sweep tries of work whose throughput is known. */
function tried(throughputOf: (at: number) => number, most: number, settledAt?: number): number[] {
  const measured: LevelThroughput[] = [];
  const measure = (at: number): void => {
    measured.push(...levels([at, throughputOf(at)]));
    measured.sort((a, b) => a.at - b.at);
  };
  let at = nextDoubling(measured, most, settledAt);
  for (; at !== undefined; at = nextDoubling(measured, most, settledAt)) measure(at);
  for (at = nextBisection(measured); at !== undefined; at = nextBisection(measured)) measure(at);
  return measured.map((level) => level.at);
}

describe('the levels', () => {
  it('are doubled until two in a row gain nothing, then halved around the bend', () => {
    expect(tried((c) => Math.min(c, 8), 256)).toEqual([1, 2, 4, 6, 7, 8, 16, 32]);
    expect(tried((c) => Math.min(c, 10), 256)).toEqual([1, 2, 4, 8, 9, 10, 12, 16, 32, 64]);
  });

  it('go to the last that may be tried, and no further', () => {
    expect(tried((c) => c, 100)).toEqual([1, 2, 4, 8, 16, 32, 64, 100]);
    expect(tried((c) => c, 1)).toEqual([1]);
  });

  it('go on over calls of which the last wave is not full', () => {
    const limited = (n: number): number => n / Math.ceil(n / 10);
    expect(tried(limited, 512, 100)).toContain(128);
  });

  it('end with a stop that is known to a thirtieth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), (slots) => {
        const all = tried((c) => Math.min(c, slots), 4096);
        const found = all.find((c) => Math.min(c, slots) >= 0.95 * slots) ?? 0;
        const below = all.findLast((c) => c < found) ?? 0;
        expect(found - below).toBeLessThanOrEqual(Math.max(1, found / 32));
        expect(all.length).toBeLessThan(24);
      }),
    );
  });
});

describe('the calls of a level', () => {
  it('are a multiple of those in flight, at least twenty times as many, and last for half a second', () => {
    expect(callsOfLevel(8, { least: 20, most: 40 }, 60_000)).toBe(160);
    expect(callsOfLevel(3, { least: 500, most: 1000 }, 2000)).toBe(501);
  });

  it('are fewer where that would take too long, but never under three times as many', () => {
    expect(callsOfLevel(8, { least: 40, most: 40 }, 2000)).toBe(80);
    expect(callsOfLevel(8, { least: 1, most: 2 }, 2000)).toBe(24);
  });
});

it('the levels that decide are the first, those around the stop, and the best', () => {
  expect(candidatesOf(levels([1, 1], [2, 2], [4, 4], [7, 7], [8, 8], [16, 8], [32, 8.1]))).toEqual([
    1, 7, 8, 16, 32,
  ]);
  expect(candidatesOf(levels([1, 1], [2, 2], [4, 4], [8, 8]))).toEqual([1, 4, 8]);
  expect(candidatesOf(levels([1, 1], [2, 1.9], [4, 0]))).toEqual([1, 2]);
});

it('they are measured three times, and more often where their rounds lie on both sides of enough', () => {
  const level = (at: number, ...throughputs: number[]): LevelThroughput => ({
    at,
    throughput: throughputs.toSorted((a, b) => a - b)[Math.floor(throughputs.length / 2)] ?? 0,
    throughputs,
  });
  const clear = [level(1, 1, 1, 1), level(7, 7, 7), level(8, 8, 8, 8), level(16, 8, 8, 8)];
  expect(nextCandidates(clear)).toEqual([7]);
  const unclear = [level(1, 1, 1, 1), level(7, 7, 7.7, 7), level(8, 8, 8, 8), level(16, 8, 8, 8)];
  expect(nextCandidates(unclear)).toEqual([1, 7, 8, 16]);
});

it('the doubling goes on when levels that were measured again turn out to gain', () => {
  const flat = levels([1, 1], [2, 2], [3, 2], [4, 2], [8, 2]);
  expect(nextDoubling(flat, 256)).toBeUndefined();
  expect(nextDoubling(levels([1, 1], [2, 2], [3, 2], [4, 2], [8, 2.2]), 256)).toBe(16);
});

describe('levels that are named', () => {
  const THREE = [1, 2, 4].map((at) => ({ at, throughput: at, throughputs: [at, at, at] }));

  it('are measured three times, too, where anything can be measured', () => {
    expect(nextCandidates(THREE, [1, 3])).toEqual([3]);
    expect(nextCandidates([...THREE, ...levels([3, 3])], [1, 3])).toEqual([3]);
    expect(nextCandidates(levels([1, 0]), [3])).toEqual([]);
  });

  it('do not change which ones are doubled', () => {
    expect(nextDoubling(levels([1, 1], [2, 2], [20, 20]), 256)).toBe(4);
    expect(nextDoubling(levels([1, 1], [2, 2], [3, 3]), 3)).toBeUndefined();
  });
});
