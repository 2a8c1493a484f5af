import fc from 'fast-check';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { expect, it } from 'vitest';
import { LatencyHistogram } from '../core/latency-histogram.js';
import { decodeHistogram, encodeHistogram } from './histogram-encoding.js';

const latencies = fc.array(fc.double({ min: 0, max: 4_000_000, noNaN: true }), { minLength: 1 });

function of(latenciesMs: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const latency of latenciesMs) histogram.record(latency);
  return histogram;
}

it('a histogram comes back from its text with the same cells', () => {
  fc.assert(
    fc.property(latencies, (samples) => {
      const histogram = of(samples);
      expect([...decodeHistogram(encodeHistogram(histogram)).cells()]).toEqual([
        ...histogram.cells(),
      ]);
    }),
  );
});

it('the library of HdrHistogram reads the same percentiles from it, in microseconds', () => {
  fc.assert(
    fc.property(latencies, (samples) => {
      const histogram = of(samples);
      const standard = decodeFromCompressedBase64(encodeHistogram(histogram));
      expect(standard.totalCount).toBe(samples.length);
      for (const share of [0.5, 0.9, 0.99]) {
        const theirs = standard.getValueAtPercentile(share * 100) / 1000;
        // Theirs is the upper end of a cell, which may lie above the longest that was seen.
        expect(histogram.percentileMs(share)).toBe(Math.min(theirs, histogram.maxMs() ?? 0));
      }
    }),
  );
});

it('an empty one comes back empty', () => {
  expect(decodeHistogram(encodeHistogram(new LatencyHistogram())).count()).toBe(0);
});

it.each(['', 'nonsense', 'AAAA'])('%j is refused with a sentence', (text) => {
  expect(() => decodeHistogram(text)).toThrow('expected a histogram in the compressed encoding');
});
