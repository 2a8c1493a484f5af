import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from './latency-histogram.js';

function of(...latenciesMs: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const latency of latenciesMs) histogram.record(latency);
  return histogram;
}

/** Latencies from a microsecond to an hour, short ones as often as long ones. */
const latency = fc
  .tuple(fc.double({ min: 1, max: 10, noNaN: true }), fc.integer({ min: -3, max: 5 }))
  .map(([digits, exponent]) => digits * 10 ** exponent)
  .map((ms) => Math.min(ms, 3_600_000));

describe('a histogram of latencies', () => {
  it('that is empty has no percentile, no mean, no shortest and no longest', () => {
    const empty = new LatencyHistogram();
    expect(empty.count()).toBe(0);
    expect([empty.percentileMs(0.5), empty.meanMs(), empty.minMs(), empty.maxMs()]).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });

  it('rounds to microseconds, never below one', () => {
    const histogram = of(0, 0.0004, 0.0024, 1.0006);
    expect([...histogram.cells()]).toEqual([
      [1, 2],
      [2, 1],
      [1001, 1],
    ]);
    expect(histogram.minMs()).toBe(0.001);
  });

  it('has percentiles within a thousandth of those of the sorted samples, by nearest rank', () => {
    fc.assert(
      fc.property(
        fc.array(latency, { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (latencies, share) => {
          const sorted = latencies
            .map((ms) => Math.max(Math.round(ms * 1000), 1) / 1000)
            .toSorted((a, b) => a - b);
          const rank = Math.ceil(Number((share * sorted.length).toPrecision(12)));
          const exact = sorted[Math.max(rank, 1) - 1] ?? 0;
          const found = of(...latencies).percentileMs(share) ?? 0;
          expect(found).toBeGreaterThanOrEqual(exact);
          expect(found).toBeLessThanOrEqual(exact * 1.001);
        },
      ),
    );
  });

  it('has its mean within a thousandth, and its ends exactly', () => {
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1, maxLength: 100 }), (latencies) => {
        const histogram = of(...latencies);
        const rounded = latencies.map((ms) => Math.max(Math.round(ms * 1000), 1) / 1000);
        const mean = rounded.reduce((sum, ms) => sum + ms, 0) / rounded.length;
        expect(Math.abs((histogram.meanMs() ?? 0) / mean - 1)).toBeLessThan(0.001);
        expect(histogram.minMs()).toBe(Math.min(...rounded));
        expect(histogram.maxMs()).toBe(Math.max(...rounded));
        expect(histogram.percentileMs(1)).toBe(Math.max(...rounded));
      }),
    );
  });

  it('holds after merging what one histogram of all would hold', () => {
    fc.assert(
      fc.property(fc.array(latency), fc.array(latency), (some, others) => {
        const merged = of(...some);
        merged.add(of(...others));
        const all = of(...some, ...others);
        expect([...merged.cells()]).toEqual([...all.cells()]);
        expect([merged.minMs(), merged.maxMs()]).toEqual([all.minMs(), all.maxMs()]);
      }),
    );
  });

  it('holds what is longer than it can tell as the longest it can tell', () => {
    expect(of(1e9).maxMs()).toBe((2 ** 32 - 1) / 1000);
  });

  it('is empty again when it is cleared', () => {
    const histogram = of(1, 2, 3);
    histogram.clear();
    expect([histogram.count(), histogram.maxMs()]).toEqual([0, undefined]);
  });
});
