import { toSeconds } from '../core/format-units.js';
import type { LoadRun } from '../core/load.js';
import type { Resources } from '../core/run.js';
import type { Milliseconds, Seconds } from '../core/units.js';
import { encodeHistogram } from '../statistics/histogram-encoding.js';
import { summarizeLoad, type LoadLatency, type LoadPart } from '../statistics/load-summary.js';

/** A load run as one JSON document, times in seconds; its form is `schemas/load.schema.json`. */
export function loadDocument(run: LoadRun): object {
  const { plan, counts, overhead } = run;
  const summary = summarizeLoad(run);
  const isOpen = plan.ratePerSecond !== undefined;
  return {
    schema: 'lwasync.load/1',
    version: run.version,
    environment: run.environment,
    task: run.task,
    mode: run.mode,
    loop: isOpen ? 'open' : 'closed',
    concurrency: plan.concurrency,
    rate: plan.ratePerSecond ?? null,
    planned: { seconds: secondsOrNull(plan.durationMs), number: plan.number ?? null },
    seconds: toSeconds(run.wallMs),
    calls: counts,
    counted: { seconds: toSeconds(summary.durationMs), ok: summary.ok, failed: summary.failed },
    throughput: rounded(summary.throughput),
    endedPerSecond: rounded(summary.endedPerSecond),
    errorShare: summary.errorShare ?? null,
    latency: latencyDocument(summary.latency),
    serviceTime: isOpen ? latencyDocument(summary.service) : null,
    warmup: summary.warmup === undefined ? null : partDocument(summary.warmup),
    lateness: latenessDocument(summary.lateness),
    timeline: timelineDocument(run),
    failures: run.failures,
    connecting: {
      connections: run.connecting.connections,
      seconds: toSeconds(run.connecting.durationMs),
    },
    resources: resourcesDocument(run.resources),
    overhead: {
      blockingBridge: secondsOrNull(overhead.blockingBridgeMs),
      recording: toSeconds(overhead.recordingMs),
    },
    warnings: run.warnings,
    interrupted: run.interrupted,
  };
}

function partDocument({ durationMs, ok, failed, latency }: LoadPart): object {
  return { seconds: toSeconds(durationMs), ok, failed, latency: latencyDocument(latency) };
}

function latencyDocument(latency: LoadLatency | undefined): object | null {
  if (latency === undefined) return null;
  return {
    min: toSeconds(latency.min),
    mean: toSeconds(latency.mean),
    p50: toSeconds(latency.p50),
    p75: toSeconds(latency.p75),
    p90: toSeconds(latency.p90),
    p99: toSeconds(latency.p99),
    p999: secondsOrNull(latency.p999),
    max: toSeconds(latency.max),
    histogram: encodeHistogram(latency.histogram),
  };
}

function latenessDocument(lateness: LoadLatency | undefined): object | null {
  if (lateness === undefined) return null;
  const { p50, p99, max } = lateness;
  return { p50: toSeconds(p50), p99: toSeconds(p99), max: toSeconds(max) };
}

function timelineDocument({ bucketMs, buckets }: LoadRun): object {
  const at = (share: number): (Seconds | null)[] =>
    buckets.map(({ latency }) => secondsOrNull(latency.percentileMs(share)));
  return {
    bucketSeconds: toSeconds(bucketMs),
    ok: buckets.map(({ ok }) => ok),
    failed: buckets.map(({ failed }) => failed),
    inFlight: buckets.map(({ inFlight }) => inFlight),
    p50: at(0.5),
    p99: at(0.99),
  };
}

function resourcesDocument(resources: Resources): object {
  const { loop } = resources;
  return {
    userCpuSeconds: toSeconds(resources.userMs),
    systemCpuSeconds: toSeconds(resources.systemMs),
    threadCpuSeconds: secondsOrNull(resources.threadCpuMs),
    eventLoopUtilization:
      loop === undefined || loop.activeMs + loop.idleMs === 0
        ? null
        : Number((loop.activeMs / (loop.activeMs + loop.idleMs)).toFixed(4)),
    eventLoopDelayMaxSeconds: secondsOrNull(loop?.delayMaxMs),
    serverQueueSeconds: secondsOrNull(resources.serverQueueMs),
    bytes: resources.bytes,
  };
}

function secondsOrNull(duration: Milliseconds | undefined): Seconds | null {
  return duration === undefined ? null : toSeconds(duration);
}

function rounded(perSecond: number): number {
  return Number(perSecond.toPrecision(9));
}
