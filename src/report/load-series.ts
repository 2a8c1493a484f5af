import { formatDuration, formatSignificant } from '../core/format-units.js';
import type { LoadRun } from '../core/load.js';
import { loadStretches } from '../statistics/load-stretches.js';
import { warmupBuckets } from '../statistics/load-summary.js';
import type { Style } from './style.js';

const BARS = ' ▁▂▃▄▅▆▇█';
const LABEL = 9;
const RANGE = 22;
const FEWEST = 4;

/** Throughput and latency over time, a character a stretch of time; `''` when there is too little to see. */
export function renderLoadSeries(run: LoadRun, style: Style, width: number): string {
  const each = Math.max(Math.ceil(run.buckets.length / Math.max(width - LABEL - RANGE, 1)), 1);
  const stretches = loadStretches(run, each);
  if (stretches.length < FEWEST || run.counts.ok === 0) return '';
  const rates = stretches.map(({ throughput }) => throughput);
  const p99s = stretches.map(({ p99 }) => p99);
  const most = p99s.reduce<number>((highest, p99) => Math.max(highest, p99 ?? 0), 0);
  const cut = run.cutWarmup ? Math.ceil(warmupBuckets(run.buckets) / each) : 0;
  const end = formatDuration(run.wallMs);
  return [
    `${'calls/s'.padEnd(LABEL)}${bars(rates)}  up to ${formatSignificant(Math.max(...rates))}`,
    `${'p99'.padEnd(LABEL)}${bars(p99s)}  up to ${formatDuration(most)}`,
    ...(cut === 0 ? [] : [`${''.padEnd(LABEL)}${'~'.repeat(cut)} left out`]),
    style.faint(
      `${''.padEnd(LABEL)}0${end.padStart(Math.max(stretches.length - 1, end.length + 1))}`,
    ),
  ].join('\n');
}

// A blank is nothing at all; the least that is something is the lowest bar.
function bars(values: readonly (number | undefined)[]): string {
  const highest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  return values
    .map((value) => {
      if (value === undefined || value === 0 || highest === 0) return ' ';
      return BARS.charAt(Math.max(Math.round((value / highest) * (BARS.length - 1)), 1));
    })
    .join('');
}
