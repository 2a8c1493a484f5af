import { formatCount, formatDuration, formatSignificant } from '../core/format-units.js';
import type { Measurement } from '../core/run.js';
import { summarize, type ModeSummary } from '../statistics/round-summary.js';
import type { Column } from './table.js';

/** The columns of the table of modes. */
export const MODE_COLUMNS: readonly Column[] = [
  { heading: 'mode', align: 'left' },
  { heading: 'wall time', align: 'right' },
  { heading: 'min to max', align: 'right' },
  { heading: 'calls/s', align: 'right' },
  { heading: 'p50', align: 'right' },
  { heading: 'p99', align: 'right' },
  { heading: 'in flight', align: 'right' },
  { heading: 'CPU', align: 'right' },
  { heading: 'failed', align: 'right' },
];

/** One row a mode: its median wall time with the spread of the rounds, and what its calls were like. */
export function modeRows(measurement: Measurement): string[][] {
  return measurement.modes.flatMap((mode) => {
    const summary = summarize(mode);
    return summary === undefined ? [] : [modeRow(summary)];
  });
}

function modeRow(summary: ModeSummary): string[] {
  const { latency } = summary;
  return [
    summary.mode,
    formatDuration(summary.medianMs),
    `${formatDuration(summary.minMs)} to ${formatDuration(summary.maxMs)}`,
    formatSignificant(summary.throughput),
    latency === undefined ? '-' : formatDuration(latency.p50),
    latency === undefined ? '-' : formatDuration(latency.p99),
    formatCount(summary.maxInFlight),
    formatDuration(summary.cpuMs),
    formatCount(summary.failed),
  ];
}
