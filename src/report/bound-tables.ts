import type { BoundRun } from '../core/bound.js';
import { formatDuration, formatShare } from '../core/format-units.js';
import type { Boundness } from '../statistics/boundness.js';
import { worthwhileBlocks } from './bound-advice.js';
import { stateShares } from './bound-states.js';
import type { Column } from './table.js';

const SOURCE_WIDTH = 48;

/** The columns of the table of blocks. */
export const BLOCK_COLUMNS: readonly Column[] = [
  { heading: 'held', align: 'right' },
  { heading: 'of the time', align: 'right' },
  { heading: 'line', align: 'left' },
  { heading: 'source', align: 'left' },
];

/** The lines that held the main thread for so long that they are worth a word, the longest first. */
export function blockRows(run: BoundRun): string[][] {
  return worthwhileBlocks(run).map(({ file, line, durationMs, source = '' }) => [
    formatDuration(durationMs),
    formatShare(durationMs / run.wallMs),
    `${file}:${line}`,
    source.length > SOURCE_WIDTH ? `${source.slice(0, SOURCE_WIDTH - 1)}…` : source,
  ]);
}

/** The columns of the table of states. */
export const STATE_COLUMNS: readonly Column[] = [
  { heading: 'state', align: 'left' },
  { heading: 'of the time', align: 'right' },
  { heading: '', align: 'left' },
];

/** What the time went by with, one row a state. */
export function stateRows(bound: Boundness): string[][] {
  return stateShares(bound).states.map(({ name, share, meaning }) => [
    name,
    formatShare(share),
    meaning,
  ]);
}

/** The columns of the table of projections. */
export const PROJECTION_COLUMNS: readonly Column[] = [
  { heading: 'with', align: 'left' },
  { heading: 'computing', align: 'right' },
  { heading: 'waiting or blocked', align: 'right' },
  { heading: 'wall time', align: 'right' },
];

/** The wall time as it was, and what it would be with one part twice as fast. */
export interface Projection {
  readonly name: string;
  readonly computingMs: number;
  readonly restMs: number;
}

/** As measured, with a CPU twice as fast and with I/O twice as fast. */
export function projections({ wallMs }: BoundRun, { cpuShare }: Boundness): Projection[] {
  const [computingMs, restMs] = [cpuShare * wallMs, (1 - cpuShare) * wallMs];
  return [
    { name: 'as measured', computingMs, restMs },
    { name: 'a CPU twice as fast', computingMs: computingMs / 2, restMs },
    { name: 'I/O twice as fast', computingMs, restMs: restMs / 2 },
  ];
}

/** The projections, one row each. */
export function projectionRows(run: BoundRun, bound: Boundness): string[][] {
  return projections(run, bound).map(({ name, computingMs, restMs }) => [
    name,
    formatDuration(computingMs),
    formatDuration(restMs),
    formatDuration(computingMs + restMs),
  ]);
}
