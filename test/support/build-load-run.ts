import { LoadColumns } from '../../src/core/load-columns.js';
import type { LoadPlan, LoadRun } from '../../src/core/load.js';
import { NO_RESOURCES } from '../../src/core/run.js';

/** One call made by hand: its actual start and its end in milliseconds, and whether it failed. */
export type HandmadeLoadCall = readonly [startMs: number, endMs: number, fails?: 'fails'];

const BUCKET_MS = 100;

/** A load run made by hand out of its calls, a tenth of a second a bucket; it ends when the last of them does. */
export function buildLoadRun(
  calls: readonly HandmadeLoadCall[],
  plan: Partial<LoadPlan> = {},
  over: Partial<LoadRun> = {},
): LoadRun {
  const { ratePerSecond } = plan;
  const columns = new LoadColumns({
    bucketMs: BUCKET_MS,
    intervalMs: ratePerSecond === undefined ? undefined : 1000 / ratePerSecond,
  });
  calls.forEach(([startMs, endMs, fails], index) => {
    columns.begin(index, startMs);
    columns.end(index, endMs, 200, fails === undefined ? undefined : 'HTTP_STATUS');
  });
  const { begun, ok, failed } = columns.tally();
  const wallMs = Math.max(0, ...calls.map(([, endMs]) => endMs));
  return {
    version: '0.0.0',
    environment: { node: '20.19.0', os: 'Linux 6.1 x86_64', cpus: 2, cpuModel: 'a CPU' },
    task: { kind: 'http', text: 'GET http://127.0.0.1:8080/say-hi' },
    mode: 'async',
    plan: { durationMs: wallMs, number: undefined, ratePerSecond, concurrency: 50, ...plan },
    wallMs,
    counts: { begun, ok, failed, unfinished: 0, neverBegun: 0 },
    bucketMs: BUCKET_MS,
    buckets: columns.buckets(),
    cutWarmup: true,
    failures:
      failed === 0
        ? []
        : [{ code: 'HTTP_STATUS', count: failed, example: 'GET http://127.0.0.1/: status 500' }],
    connecting: { connections: 2, durationMs: 3 },
    resources: NO_RESOURCES,
    overhead: { blockingBridgeMs: undefined, recordingMs: 0.0002 },
    warnings: [],
    interrupted: false,
    ...over,
  };
}

/** Calls one after another, each as long as told. */
export function oneAfterAnother(latenciesMs: readonly number[]): HandmadeLoadCall[] {
  let nowMs = 0;
  return latenciesMs.map((latencyMs) => {
    const startMs = nowMs;
    nowMs += latencyMs;
    return [startMs, nowMs];
  });
}
