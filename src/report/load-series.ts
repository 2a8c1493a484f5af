import { formatDuration, formatSignificant } from '../core/format-units.js';
import { LatencyHistogram } from '../core/latency-histogram.js';
import type { LoadBucket, LoadRun } from '../core/load.js';
import { warmupBuckets } from '../statistics/load-summary.js';
import type { Style } from './style.js';

const BARS = ' ▁▂▃▄▅▆▇█';
const LABEL = 9;
const RANGE = 22;
const FEWEST = 4;

/** Throughput and latency over time, a character a stretch of time; `''` when there is too little to see. */
export function renderLoadSeries(run: LoadRun, style: Style, width: number): string {
  const each = Math.max(Math.ceil(run.buckets.length / Math.max(width - LABEL - RANGE, 1)), 1);
  const stretchMs = each * run.bucketMs;
  // The end of the run cuts the last stretch short; a rest of less than half a stretch belongs to the one before.
  const count = Math.max(Math.round(run.wallMs / stretchMs), 1);
  if (count < FEWEST || run.counts.ok === 0) return '';
  const groups = grouped(run.buckets, each, count);
  const rates = groups.map((group, index) => {
    const lengthMs =
      (index === count - 1 ? run.wallMs : (index + 1) * stretchMs) - index * stretchMs;
    return (group.reduce((sum, { ok }) => sum + ok, 0) / lengthMs) * 1000;
  });
  const p99s = groups.map((group) => merged(group).percentileMs(0.99));
  const most = p99s.reduce<number>((highest, p99) => Math.max(highest, p99 ?? 0), 0);
  const cut = run.cutWarmup ? Math.ceil(warmupBuckets(run.buckets) / each) : 0;
  const end = formatDuration(run.wallMs);
  return [
    `${'calls/s'.padEnd(LABEL)}${bars(rates)}  up to ${formatSignificant(Math.max(...rates))}`,
    `${'p99'.padEnd(LABEL)}${bars(p99s)}  up to ${formatDuration(most)}`,
    ...(cut === 0 ? [] : [`${''.padEnd(LABEL)}${'~'.repeat(cut)} left out`]),
    style.faint(`${''.padEnd(LABEL)}0${end.padStart(Math.max(groups.length - 1, end.length + 1))}`),
  ].join('\n');
}

// So many groups of `each` buckets; the last takes what is left.
function grouped(buckets: readonly LoadBucket[], each: number, count: number): LoadBucket[][] {
  return Array.from({ length: count }, (_, index) =>
    buckets.slice(index * each, index === count - 1 ? undefined : (index + 1) * each),
  );
}

function merged(buckets: readonly LoadBucket[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const { latency } of buckets) histogram.add(latency);
  return histogram;
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
