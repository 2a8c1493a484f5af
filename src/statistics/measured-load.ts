import type { LoadRun } from '../core/load.js';
import { summarizeLoad } from './load-summary.js';
import type { Measured } from './measured.js';

/** What was measured under load; the latency is the corrected one. */
export function measuredUnderLoad(run: LoadRun): Measured {
  const { ok, failed, throughput, durationMs, latency } = summarizeLoad(run);
  const { mode, plan, counts } = run;
  const calls = {
    name: mode,
    at: plan.concurrency,
    ok,
    failed,
    neverEnded: counts.unfinished + counts.neverBegun,
    rates: durationMs === 0 ? [] : [throughput],
    latency: {
      percentile: (share: number) => latency?.histogram.percentileMs(share),
      meanMs: latency?.mean,
      maxMs: latency?.max,
    },
  };
  return { ratios: [], calls: [calls], usual: { name: mode, at: plan.concurrency } };
}
