import { expect, it } from 'vitest';
import { buildProgress } from '../../test/support/build-download-progress.js';
import type { DownloadProgress } from '../core/download.js';
import { expectedBytes, formatRemaining, RemainingTime } from './remaining-time.js';

/** What remains after a progress every 100 ms, at rates that follow each other. */
function observed(
  rates: readonly number[],
  told: Partial<DownloadProgress> = {},
): (number | undefined)[] {
  const remaining = new RemainingTime();
  return rates.map((bytesPerSecond, index) =>
    remaining.observe(buildProgress({ ...told, elapsedMs: index * 100, bytesPerSecond })),
  );
}

it('nothing is foretold in the first two seconds in which bytes come', () => {
  const told = observed([...Array(30).fill(0), ...Array(21).fill(1e6)]);
  expect(told.findIndex((ms) => ms !== undefined)).toBe(50);
  expect(told.at(-1)).toBeCloseTo(20_000);
});

it('the mean rate of the last five seconds counts, whatever was before', () => {
  const told = observed([...Array(100).fill(9e6), ...Array(60).fill(2e6)]);
  expect(told.at(-1)).toBeCloseTo(10_000);
});

it('nothing is foretold while nothing comes, nor while no length is known', () => {
  expect(observed([1, ...Array(100).fill(0)]).at(-1)).toBeUndefined();
  expect(observed(Array(50).fill(1e6), { unknownSizes: 20, knownBytes: 0 }).at(-1)).toBeUndefined();
});

it('bytes of an earlier process are no rate', () => {
  const told = observed(Array(50).fill(1e6), { receivedBytes: 15e6 });
  expect(told.at(-1)).toBeCloseTo(5000);
});

it('a file of unknown length is taken to be as long as the others', () => {
  expect(expectedBytes(buildProgress({ knownBytes: 5e6, unknownSizes: 15 }))).toBe(20e6);
  expect(expectedBytes(buildProgress({ knownBytes: 7 }))).toBe(7);
});

it.each([
  [0, '0 s'],
  [1, '1 s'],
  [59_001, '1 min 0 s'],
  [200_000, '3 min 20 s'],
  [18_720_000, '5 h 12 min'],
])('%i ms is told as %s', (ms, text) => {
  expect(formatRemaining(ms)).toBe(text);
});
