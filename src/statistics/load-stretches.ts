import { LatencyHistogram } from '../core/latency-histogram.js';
import type { LoadBucket, LoadRun } from '../core/load.js';
import type { Milliseconds } from '../core/units.js';

/** What happened in one stretch of the time of a load run. */
export interface LoadStretch {
  readonly fromMs: Milliseconds;
  readonly toMs: Milliseconds;
  /** Calls that ended well in it, a second. */
  readonly throughput: number;
  /** Calls that failed in it, a second. */
  readonly failedPerSecond: number;
  /** The most calls that were in flight when one began; `undefined` where none began. */
  readonly inFlight: number | undefined;
  /** From the intended start (corrected), of the calls that ended well; `undefined` where none did. */
  readonly p50: Milliseconds | undefined;
  readonly p99: Milliseconds | undefined;
}

/**
 * A load run over time in stretches of `each` buckets, at least one. The end of the run cuts the last stretch short; a rest
 * of less than half a stretch belongs to the one before.
 */
export function loadStretches(run: LoadRun, each: number): LoadStretch[] {
  const stretchMs = each * run.bucketMs;
  const count = Math.max(Math.round(run.wallMs / stretchMs), 1);
  return Array.from({ length: count }, (_, index) => {
    const isLast = index === count - 1;
    const buckets = run.buckets.slice(index * each, isLast ? undefined : (index + 1) * each);
    return stretchOf(buckets, index * stretchMs, isLast ? run.wallMs : (index + 1) * stretchMs);
  });
}

function stretchOf(
  buckets: readonly LoadBucket[],
  fromMs: Milliseconds,
  toMs: Milliseconds,
): LoadStretch {
  const latency = new LatencyHistogram();
  for (const bucket of buckets) latency.add(bucket.latency);
  const perSecond = (calls: number): number =>
    toMs === fromMs ? 0 : (calls / (toMs - fromMs)) * 1000;
  return {
    fromMs,
    toMs,
    throughput: perSecond(buckets.reduce((sum, { ok }) => sum + ok, 0)),
    failedPerSecond: perSecond(buckets.reduce((sum, { failed }) => sum + failed, 0)),
    inFlight: buckets.reduce((most, { inFlight }) => Math.max(most, inFlight), 0) || undefined,
    p50: latency.percentileMs(0.5),
    p99: latency.percentileMs(0.99),
  };
}
