import { formatCount, formatDuration, formatSignificant } from '../core/format-units.js';
import type { Measurement } from '../core/run.js';
import { summarize, type ModeSummary } from '../statistics/round-summary.js';
import type { Column } from './table.js';
import { nounOf } from './what-is-counted.js';

/** The columns of the table of modes. */
export function modeColumns({ modes }: Measurement): readonly Column[] {
  return [
    { heading: 'mode', align: 'left' },
    { heading: 'wall time', align: 'right' },
    { heading: 'spread', align: 'right' },
    { heading: `${nounOf(modes[0]?.task)}s/s`, align: 'right' },
    { heading: 'p50', align: 'right' },
    { heading: 'p99', align: 'right' },
    { heading: 'in flight', align: 'right' },
    { heading: 'failed', align: 'right' },
  ];
}

/** One row a mode: its median wall time, half the range of the rounds as a share of it, and what its calls were like. */
export function modeRows(measurement: Measurement): string[][] {
  return measurement.modes.flatMap((mode) => {
    const summary = summarize(mode);
    return summary === undefined ? [] : [modeRow(summary)];
  });
}

function modeRow(summary: ModeSummary): string[] {
  const { latency } = summary;
  return [
    summary.name,
    formatDuration(summary.medianMs),
    `± ${(((summary.maxMs - summary.minMs) / 2 / summary.medianMs) * 100).toFixed(1)} %`,
    formatSignificant(summary.throughput),
    latency === undefined ? '-' : formatDuration(latency.p50),
    latency === undefined ? '-' : formatDuration(latency.p99),
    formatCount(summary.maxInFlight),
    formatCount(summary.failed),
  ];
}
