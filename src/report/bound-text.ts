import type { BoundRun } from '../core/bound.js';
import { formatShare } from '../core/format-units.js';
import { boundness, type Boundness } from '../statistics/boundness.js';
import { boundAdvice } from './bound-advice.js';
import { projectionSentences, timeSentence, verdictSentence } from './bound-sentences.js';
import { stateShares, type StateShare } from './bound-states.js';
import { BLOCK_COLUMNS, blockRows } from './bound-tables.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';

const BAR = 40;

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
    ...projectionSentences(run, bound),
    ...boundAdvice(run, bound),
    ...(run.notes.length === 0 ? [] : ['', ...run.notes.map((note) => style.faint(note))]),
  ].join('\n');
}

function stateBars(bound: Boundness): string[] {
  const { of, states } = stateShares(bound);
  return [...(of === undefined ? [] : [of]), ...states.map((state) => bar(state))];
}

function bar({ name, share, meaning }: StateShare): string {
  const full = Math.round(share * BAR);
  const drawn = `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`;
  return `  ${name.padEnd(18)} ${drawn} ${formatShare(share).padStart(6)}  ${meaning}`.trimEnd();
}

// The figures explain themselves here; their headings are for those who see the table alone.
function blockTable(run: BoundRun): string[] {
  const rows = blockRows(run);
  if (rows.length === 0) return [];
  const columns = BLOCK_COLUMNS.map(({ align }) => ({ align, heading: '' }));
  const [, ...lines] = renderTable(columns, rows).split('\n');
  return ['', 'lines that held the main thread longest', ...lines.map((line) => `  ${line}`)];
}
