import {
  formatCount,
  formatDuration,
  formatRatio,
  formatShare,
  formatSignificant,
} from '../core/format-units.js';
import type { SweepRun } from '../core/sweep.js';
import type { Milliseconds } from '../core/units.js';
import type { JudgedLevel, SweepVerdict } from '../statistics/sweep-verdict.js';
import type { Column } from './table.js';

type Cell = (level: JudgedLevel) => string | undefined;

/** The columns of the table of levels, and its rows; a column of which nothing is known is left out. */
export function sweepTable(
  { over }: SweepRun,
  { levels, stop }: SweepVerdict,
): { readonly columns: readonly Column[]; readonly rows: string[][] } {
  const known: readonly (readonly [heading: string, Cell])[] = [
    [over === 'number' ? 'calls' : 'in flight', ({ at }) => formatCount(at)],
    ...(over === 'number'
      ? [['in flight', ({ concurrency }: JudgedLevel) => formatCount(concurrency)] as const]
      : []),
    ['calls/s', ({ throughput }) => formatSignificant(throughput)],
    ['gain', ({ gain }) => formatRatio(gain)],
    ['ideal', ({ ideal }) => formatRatio(ideal)],
    ['of ideal', ({ gain, ideal }) => formatShare(gain / ideal)],
    ['p50', ({ latency }) => durationOf(latency?.p50)],
    ['p99', ({ latency }) => durationOf(latency?.p99)],
    ['CPU', ({ cpuShare }) => formatShare(cpuShare)],
    [
      'loop busy',
      ({ loopShare }) => (loopShare === undefined ? undefined : formatShare(loopShare)),
    ],
    ['server queue', ({ serverQueueMs }) => durationOf(serverQueueMs)],
    ['failed', ({ failed }) => (failed === 0 ? undefined : formatCount(failed))],
    ['rounds', ({ rounds }) => formatCount(rounds)],
    ['', ({ at }) => (at === stop.at ? '<- stop' : undefined)],
  ];
  const shown = known.filter(([, of]) => levels.some((level) => of(level) !== undefined));
  return {
    columns: shown.map(([heading]) => ({ heading, align: heading === '' ? 'left' : 'right' })),
    rows: levels.map((level) =>
      shown.map(([heading, of]) => of(level) ?? (heading === '' ? '' : '-')),
    ),
  };
}

function durationOf(duration: Milliseconds | undefined): string | undefined {
  return duration === undefined ? undefined : formatDuration(duration);
}
