import type { BoundBlock, BoundRun } from '../core/bound.js';
import { formatDuration, formatShare, formatSignificant } from '../core/format-units.js';
import { boundness, type Boundness } from '../statistics/boundness.js';
import { boundAdvice, worthwhileBlocks } from './bound-advice.js';
import type { Style } from './style.js';
import { renderTable, type Column } from './table.js';

const BAR = 40;
const SOURCE_WIDTH = 48;
const BLOCK_COLUMNS: readonly Column[] = [
  { heading: '', align: 'right' },
  { heading: '', align: 'right' },
  { heading: '', align: 'left' },
  { heading: '', align: 'left' },
];

/** What a run is bound by, for people: the verdict, what the time went by with, on which lines, and what would help. */
export function renderBound(run: BoundRun, style: Style): string {
  const bound = boundness(run);
  if (bound.verdict === undefined) return style.strong(verdictSentence(bound));
  return [
    style.strong(verdictSentence(bound)),
    style.faint(timeSentence(run, bound)),
    '',
    ...stateBars(bound),
    ...blockTable(run),
    '',
    projection('A CPU twice as fast', bound.ifCpuTwiceAsFastMs, run.wallMs),
    projection('I/O twice as fast', bound.ifIoTwiceAsFastMs, run.wallMs),
    ...boundAdvice(run, bound),
    ...(run.notes.length === 0 ? [] : ['', ...run.notes.map((note) => style.faint(note))]),
  ].join('\n');
}

const NAMES = { io: 'I/O bound', cpu: 'CPU bound', mixed: 'Mixed' } as const;

function verdictSentence({ verdict, cpuShare }: Boundness): string {
  if (verdict === undefined) return 'No verdict: nothing was done without failing.';
  const [computed, not] = [formatShare(cpuShare), formatShare(1 - cpuShare)];
  const why =
    verdict === 'cpu'
      ? `${computed} of the time it computed`
      : verdict === 'io'
        ? `${not} of the time it waited or was blocked`
        : `${computed} of the time it computed, ${not} it waited or was blocked`;
  return `${NAMES[verdict]}: ${why}.`;
}

function timeSentence(run: BoundRun, { coresUsed }: Boundness): string {
  const times = run.kind === 'task' ? `${run.number}x ${run.text}` : run.text;
  const cores = coresUsed > 1.05 ? `, ${formatSignificant(coresUsed)} cores used` : '';
  return (
    `${times}: ${formatDuration(run.wallMs)}, CPU ${formatDuration(run.userMs)} user ` +
    `and ${formatDuration(run.systemMs)} system${cores}`
  );
}

function stateBars({ cpuShare, computingShare, blockedShare, waitingShare }: Boundness): string[] {
  if (computingShare === undefined || blockedShare === undefined || waitingShare === undefined) {
    return [bar('computing', cpuShare), bar('waiting or blocked', 1 - cpuShare)];
  }
  return [
    'main thread',
    `${bar('computing', computingShare)}  the CPU worked for it`,
    `${bar('blocked', blockedShare)}  held, without computing`,
    `${bar('waiting', waitingShare)}  free for other work`,
  ];
}

function bar(name: string, share: number): string {
  const full = Math.round(share * BAR);
  return `  ${name.padEnd(18)} ${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${formatShare(share).padStart(6)}`;
}

function blockTable(run: BoundRun): string[] {
  const worth = worthwhileBlocks(run);
  if (worth.length === 0) return [];
  const [, ...rows] = renderTable(BLOCK_COLUMNS, worth.map(blockRow(run.wallMs))).split('\n');
  return ['', 'lines that held the main thread longest', ...rows.map((row) => `  ${row}`)];
}

function blockRow(wallMs: number) {
  return ({ file, line, durationMs, source = '' }: BoundBlock): string[] => [
    formatDuration(durationMs),
    formatShare(durationMs / wallMs),
    `${file}:${line}`,
    source.length > SOURCE_WIDTH ? `${source.slice(0, SOURCE_WIDTH - 1)}…` : source,
  ];
}

function projection(what: string, projectedMs: number, wallMs: number): string {
  const [then, before] = [formatDuration(projectedMs), formatDuration(wallMs)];
  return then === before
    ? `${what}: ${before} as before.`
    : `${what}: ${then} instead of ${before}.`;
}
