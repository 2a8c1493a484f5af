import { describe, expect, it } from 'vitest';
import { buildLoadRun, oneAfterAnother } from '../../test/support/build-load-run.js';
import { summarizeLoad } from './load-summary.js';

const steady = (calls: number): number[] => Array.from({ length: calls }, () => 20);

describe('a load run in figures', () => {
  it('has as its throughput what ended well over the time on the clock, however many were in flight', () => {
    const one = summarizeLoad(buildLoadRun(oneAfterAnother(steady(50))));
    expect([one.ok, one.durationMs, one.throughput]).toEqual([50, 1000, 50]);
    // Ten at a time, in the same second.
    const ten = Array.from({ length: 500 }, (_, index) => {
      const startMs = Math.floor(index / 10) * 20;
      return [startMs, startMs + 20] as const;
    });
    expect(summarizeLoad(buildLoadRun(ten)).throughput).toBe(500);
  });

  it('counts failures as a share and in the rate of what ended, never as latency', () => {
    const calls = oneAfterAnother(steady(50)).map(([start, end], index) =>
      index % 5 === 0 ? ([start, start + 1, 'fails'] as const) : ([start, end] as const),
    );
    const summary = summarizeLoad(buildLoadRun(calls));
    expect(summary).toMatchObject({ ok: 40, failed: 10, errorShare: 0.2, throughput: 40 });
    expect(summary.endedPerSecond).toBe(50);
    expect([summary.latency?.min, summary.latency?.max]).toEqual([20, 20]);
  });

  it('has no latency where every call failed, and no share of errors where none ended', () => {
    const failed = summarizeLoad(buildLoadRun([[0, 10, 'fails']]));
    expect([failed.latency, failed.service, failed.errorShare]).toEqual([undefined, undefined, 1]);
    const nothing = summarizeLoad(buildLoadRun([]));
    expect([nothing.latency, nothing.errorShare, nothing.throughput]).toEqual([
      undefined,
      undefined,
      0,
    ]);
  });

  it('tells both latencies of an open loop', () => {
    // At 10 a second calls 0 and 1 are intended for 0 and 100 ms.
    const run = buildLoadRun(
      [
        [0, 150],
        [150, 160],
      ],
      { ratePerSecond: 10 },
    );
    const { latency, service } = summarizeLoad(run);
    expect([latency?.max, latency?.min]).toEqual([150, 60]);
    expect([service?.max, service?.min]).toEqual([150, 10]);
  });

  it('gives no p99.9 of fewer than a thousand calls', () => {
    expect(summarizeLoad(buildLoadRun(oneAfterAnother(steady(999)))).latency?.p999).toBeUndefined();
    expect(summarizeLoad(buildLoadRun(oneAfterAnother(steady(1000)))).latency?.p999).toBe(20);
  });
});

describe('the warm-up', () => {
  // Four buckets of 100 ms with slow calls, then sixteen with calls of 20 ms.
  const warming = oneAfterAnother([...Array.from({ length: 8 }, () => 50), ...steady(80)]);

  it('is left out of the figures, and told apart', () => {
    const summary = summarizeLoad(buildLoadRun(warming));
    // The call that ends at 400 ms sharp is in the fifth bucket.
    expect(summary.warmup).toMatchObject({ durationMs: 400, ok: 7, failed: 0 });
    expect(summary).toMatchObject({ durationMs: 1600, ok: 81, throughput: (81 / 1600) * 1000 });
    expect(summary.latency?.p50).toBeCloseTo(20, 1);
  });

  it('stays in where that is asked for', () => {
    const summary = summarizeLoad(buildLoadRun(warming, {}, { cutWarmup: false }));
    expect(summary).toMatchObject({ warmup: undefined, ok: 88, durationMs: 2000 });
  });

  it('is not a queue that waits after a stall at the beginning of an open loop', () => {
    // 10 a second; the first call takes a second, and those behind it wait for their turn.
    const run = buildLoadRun(oneAfterAnother([1000, ...steady(60)]), {
      ratePerSecond: 10,
      concurrency: 1,
    });
    expect(summarizeLoad(run).warmup).toBeUndefined();
    expect(summarizeLoad(run).latency?.max).toBe(1000);
  });
});
