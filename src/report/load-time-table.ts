import { formatCount, formatDuration, formatSignificant } from '../core/format-units.js';
import type { LoadRun } from '../core/load.js';
import type { Milliseconds } from '../core/units.js';
import { loadStretches } from '../statistics/load-stretches.js';
import type { LoadSummary } from '../statistics/load-summary.js';
import type { Column } from './table.js';
import { shortDuration } from './timeline-text.js';

const MOST_ROWS = 24;

/** The columns of the table of a load run over time. */
export const LOAD_TIME_COLUMNS: readonly Column[] = [
  { heading: 'time', align: 'left' },
  { heading: 'calls/s', align: 'right' },
  { heading: 'failed/s', align: 'right' },
  { heading: 'in flight', align: 'right' },
  { heading: 'p50', align: 'right' },
  { heading: 'p99', align: 'right' },
  { heading: '', align: 'left' },
];

/** A load run over time, at most two dozen rows; the JSON document has the stretches as they were measured. */
export function loadTimeRows(run: LoadRun, { warmup }: LoadSummary): string[][] {
  const each = Math.max(Math.ceil(run.wallMs / run.bucketMs / MOST_ROWS), 1);
  const cutMs = warmup?.durationMs ?? 0;
  return loadStretches(run, each).map((stretch) => {
    const { fromMs, toMs, throughput, failedPerSecond, inFlight, p50, p99 } = stretch;
    return [
      `${fromMs === 0 ? '0' : shortDuration(fromMs)} to ${shortDuration(toMs)}`,
      formatSignificant(throughput),
      formatSignificant(failedPerSecond),
      inFlight === undefined ? '-' : formatCount(inFlight),
      latency(p50),
      latency(p99),
      toMs <= cutMs ? 'warm-up' : fromMs < cutMs ? 'warm-up in part' : '',
    ];
  });
}

function latency(value: Milliseconds | undefined): string {
  return value === undefined ? '-' : formatDuration(value);
}
