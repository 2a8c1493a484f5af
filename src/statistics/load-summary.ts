import { LatencyHistogram } from '../core/latency-histogram.js';
import type { LoadBucket, LoadRun } from '../core/load.js';
import type { Milliseconds } from '../core/units.js';
import { transientLength } from './warmup.js';

/** Percentiles of one kind of latency of the calls that ended well, in milliseconds. */
export interface LoadLatency {
  readonly histogram: LatencyHistogram;
  readonly min: Milliseconds;
  readonly mean: Milliseconds;
  readonly p50: Milliseconds;
  readonly p75: Milliseconds;
  readonly p90: Milliseconds;
  readonly p99: Milliseconds;
  /** `undefined` where there are fewer than a thousand calls: it would be the longest. */
  readonly p999: Milliseconds | undefined;
  readonly max: Milliseconds;
}

/** A stretch of a run in figures. */
export interface LoadPart {
  readonly durationMs: Milliseconds;
  readonly ok: number;
  readonly failed: number;
  /** From the intended start (corrected); in a closed loop the same as `service`. `undefined` when no call ended well. */
  readonly latency: LoadLatency | undefined;
  /** From the actual start (uncorrected). */
  readonly service: LoadLatency | undefined;
  /** How late calls began although they could have; `undefined` in a closed loop, which has no schedule. */
  readonly lateness: LoadLatency | undefined;
}

/** A load run in figures. */
export interface LoadSummary extends LoadPart {
  /** Calls that ended well, a second. */
  readonly throughput: number;
  /** Calls that ended, well or not, a second. */
  readonly endedPerSecond: number;
  /** Share of the calls that ended in which they failed; `undefined` when none ended. */
  readonly errorShare: number | undefined;
  /** What was left out at the beginning and is in none of the figures above; `undefined` when nothing was. */
  readonly warmup: LoadPart | undefined;
}

const ENOUGH_FOR_P999 = 1000;

/** A load run in figures, its warm-up apart. */
export function summarizeLoad(run: LoadRun): LoadSummary {
  const cut = run.cutWarmup ? warmupBuckets(run.buckets) : 0;
  const cutMs = cut * run.bucketMs;
  const counted = summarizePart(run.buckets.slice(cut), Math.max(run.wallMs - cutMs, 0));
  const { ok, failed, durationMs } = counted;
  const perSecond = (calls: number): number => (durationMs === 0 ? 0 : (calls / durationMs) * 1000);
  return {
    ...counted,
    throughput: perSecond(ok),
    endedPerSecond: perSecond(ok + failed),
    errorShare: ok + failed === 0 ? undefined : failed / (ok + failed),
    warmup: cut === 0 ? undefined : summarizePart(run.buckets.slice(0, cut), cutMs),
  };
}

/**
 * How many buckets at the beginning are a warm-up: the transient in the median latency, counted from the actual start so
 * that a queue of waiting calls is not taken for one. Buckets in which no call ended well say nothing.
 */
export function warmupBuckets(buckets: readonly LoadBucket[]): number {
  const telling = buckets.flatMap(({ service }, index) => {
    const p50 = service.percentileMs(0.5);
    // A histogram tells three digits; what goes beyond would make differences of none.
    return p50 === undefined ? [] : [{ index, p50: Number(p50.toPrecision(3)) }];
  });
  const length = transientLength(telling.map(({ p50 }) => p50));
  return length === 0 ? 0 : (telling[length - 1]?.index ?? 0) + 1;
}

function summarizePart(buckets: readonly LoadBucket[], durationMs: Milliseconds): LoadPart {
  const merged = (which: 'latency' | 'service' | 'lateness'): LoadLatency | undefined => {
    const histogram = new LatencyHistogram();
    for (const bucket of buckets) if (bucket[which] !== undefined) histogram.add(bucket[which]);
    return summarizeHistogram(histogram);
  };
  return {
    durationMs,
    ok: buckets.reduce((sum, bucket) => sum + bucket.ok, 0),
    failed: buckets.reduce((sum, bucket) => sum + bucket.failed, 0),
    latency: merged('latency'),
    service: merged('service'),
    lateness: merged('lateness'),
  };
}

function summarizeHistogram(histogram: LatencyHistogram): LoadLatency | undefined {
  const at = (share: number): Milliseconds => histogram.percentileMs(share) ?? 0;
  const count = histogram.count();
  if (count === 0) return undefined;
  return {
    histogram,
    min: histogram.minMs() ?? 0,
    mean: histogram.meanMs() ?? 0,
    p50: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
    p99: at(0.99),
    p999: count < ENOUGH_FOR_P999 ? undefined : at(0.999),
    max: histogram.maxMs() ?? 0,
  };
}
