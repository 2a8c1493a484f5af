import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from './latency-histogram.js';
import { LoadColumns, MOST_BUCKETS } from './load-columns.js';
import type { LoadBucket } from './load.js';

const CLOSED = { bucketMs: 10, intervalMs: undefined };
const OPEN = { bucketMs: 10, intervalMs: 5 };

function merged(
  buckets: readonly LoadBucket[],
  which: 'latency' | 'service' | 'lateness',
): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const bucket of buckets) histogram.add(bucket[which] ?? new LatencyHistogram());
  return histogram;
}

describe('what is written down of a load run', () => {
  it('is seen by another thread through the shared buffer', () => {
    const writer = new LoadColumns(OPEN);
    const reader = new LoadColumns(OPEN, writer.buffer);
    writer.begin(0, 0);
    writer.begin(1, 7);
    writer.begin(2, 12);
    writer.late(2, 12);
    writer.end(0, 4, 200);
    writer.end(1, 17, 500, 'HTTP_STATUS');
    writer.neverBegun(3);
    expect(reader.tally()).toEqual({ begun: 3, ok: 1, failed: 1, neverBegun: 3 });
    expect(reader.failures().filter(([, count]) => count > 0)).toEqual([['HTTP_STATUS', 1]]);
    expect(reader.buckets().map(({ ok, failed, inFlight }) => [ok, failed, inFlight])).toEqual([
      [1, 0, 2],
      [0, 1, 3],
    ]);
  });

  it('counts from the intended start and from the actual one, and not at all what failed', () => {
    const columns = new LoadColumns(OPEN);
    columns.begin(4, 30);
    columns.end(4, 32, 200);
    columns.begin(5, 30);
    columns.end(5, 31, 0, 'TIMEOUT');
    const buckets = columns.buckets();
    // Call 4 is intended for 20 ms.
    expect([...merged(buckets, 'latency').cells()]).toEqual([[12_000, 1]]);
    expect(merged(buckets, 'service').maxMs()).toBe(2);
  });

  it('is one and the same latency in a closed loop', () => {
    const columns = new LoadColumns(CLOSED);
    columns.begin(4, 30);
    columns.end(4, 32, 200);
    const [, , , bucket] = columns.buckets();
    expect(bucket?.latency).toBe(bucket?.service);
    expect(bucket?.lateness).toBeUndefined();
  });

  it('never has more buckets than so many: two become one, and nothing is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 50_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
        (startsMs) => {
          const columns = new LoadColumns(OPEN);
          const expected = new LatencyHistogram();
          startsMs
            .toSorted((a, b) => a - b)
            .forEach((startMs, index) => {
              columns.begin(index, startMs);
              columns.late(index / 10, startMs);
              columns.end(index, startMs + 3, 200);
              expected.record(startMs + 3 - startMs);
            });
          const buckets = columns.buckets();
          expect(buckets.length).toBeLessThanOrEqual(MOST_BUCKETS);
          expect(buckets.reduce((sum, { ok }) => sum + ok, 0)).toBe(startsMs.length);
          expect([...merged(buckets, 'service').cells()]).toEqual([...expected.cells()]);
          expect(merged(buckets, 'lateness').count()).toBe(startsMs.length);
          const last = Math.max(...startsMs) + 3;
          expect(buckets.length).toBe(Math.floor(last / columns.bucketMs()) + 1);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is not changed any more once it is frozen', () => {
    const columns = new LoadColumns(CLOSED);
    columns.begin(0, 1);
    columns.end(0, 2, 200);
    const frozen = columns.freeze();
    columns.begin(1, 3);
    columns.end(1, 4, 200);
    expect(frozen.tally()).toMatchObject({ begun: 1, ok: 1 });
    expect(frozen.buckets()[0]?.service.count()).toBe(1);
  });
});
