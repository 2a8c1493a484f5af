import { formatCount, formatDuration } from '../core/format-units.js';
import type { LoadRun } from '../core/load.js';
import type { LoadLatency, LoadSummary } from '../statistics/load-summary.js';
import type { Column } from './table.js';

const ROWS = [
  ['p50', (latency: LoadLatency) => latency.p50],
  ['p75', (latency: LoadLatency) => latency.p75],
  ['p90', (latency: LoadLatency) => latency.p90],
  ['p99', (latency: LoadLatency) => latency.p99],
  ['p99.9', (latency: LoadLatency) => latency.p999],
  ['max', (latency: LoadLatency) => latency.max],
  ['mean', (latency: LoadLatency) => latency.mean],
] as const;

/** The table of latencies, whose headings say from when they are counted. */
export interface LatencyTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** One kind of latency in a closed loop, two in an open one; `undefined` when no call ended well. */
export function latencyTable({ plan }: LoadRun, summary: LoadSummary): LatencyTable | undefined {
  const { latency, service } = summary;
  if (latency === undefined || service === undefined) return undefined;
  if (plan.ratePerSecond === undefined) {
    const heading = `latency (closed loop, c=${formatCount(plan.concurrency)})`;
    return {
      columns: [name(''), value(heading)],
      rows: ROWS.map(([label, of]) => [label, shown(of(latency))]),
    };
  }
  return {
    columns: [
      name('latency (open loop)'),
      value('corrected: from the intended start'),
      value('uncorrected: from the actual start'),
    ],
    rows: ROWS.map(([label, of]) => [label, shown(of(latency)), shown(of(service))]),
  };
}

function name(heading: string): Column {
  return { heading, align: 'left' };
}

function value(heading: string): Column {
  return { heading, align: 'right' };
}

function shown(latencyMs: number | undefined): string {
  return latencyMs === undefined ? 'too few calls' : formatDuration(latencyMs);
}
