import type { Measurement, Run } from '../core/run.js';
import { remarksOn } from '../statistics/remarks.js';
import { judge } from '../statistics/verdict.js';
import { whyOf } from '../statistics/why.js';
import { modeColumns, modeRows } from './mode-table.js';
import { coldSentence, overheadSentence, verdictSentences } from './sentences.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import { renderTimeline } from './timeline-text.js';
import { roundSize } from './what-is-counted.js';

/** A comparison for people: the picture, the table, the verdict. `width` is that of the screen in characters. */
export function renderCompare(run: Run, style: Style, width: number): string {
  const counted = run.measured.modes.some((mode) => mode.rounds.length > 0);
  if (!counted && !run.interrupted) return renderUncompared(run.measured, style, width);
  const verdict = judge(run);
  const why = verdict === undefined ? undefined : whyOf(run, verdict);
  const sentences = [
    ...(verdict === undefined ? [] : verdictSentences(verdict)),
    ...(why === undefined ? [] : [why]),
  ];
  const tables = [run.measured, ...(run.doubled === undefined ? [] : [run.doubled])].flatMap(
    (measurement) => {
      const rows = modeRows(measurement);
      return rows.length === 0
        ? []
        : [`${roundSize(measurement)}\n${renderTable(modeColumns(measurement), rows)}`];
    },
  );
  // What recording costs matters to figures only.
  const notes = [
    coldSentence(run.measured),
    ...(tables.length === 0 ? [] : [overheadSentence(run)]),
  ];
  return [
    run.interrupted ? style.warning(stoppedSentence(tables.length > 0)) : '',
    renderTimeline(run.measured, style, width),
    ...tables,
    sentences.map((text, index) => (index === 0 ? style.strong(text) : text)).join('\n'),
    remarksOn(run).join('\n'),
    notes.flatMap((note) => (note === undefined ? [] : [style.faint(note)])).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function stoppedSentence(isCounted: boolean): string {
  return isCounted
    ? 'Stopped before the end; this is what was measured so far.'
    : 'Stopped before the end, before one counted round was made to its end: nothing can be compared yet.';
}

// Not one round counts because every call of a contender failed before; the failures are told elsewhere. What others did by then
// is shown as what it is.
function renderUncompared(measured: Measurement, style: Style, width: number): string {
  const modes = measured.modes
    .filter(({ warmup }) => warmup.some(({ calls }) => calls.tally().ok > 0))
    .map(({ warmup: rounds, ...mode }) => Object.assign(mode, { warmup: [], rounds }));
  if (modes.length === 0) return '';
  const cold = { ...measured, modes };
  return [
    style.warning(
      'Nothing was compared, because the calls of one failed before; these are cold rounds.',
    ),
    renderTimeline(cold, style, width),
    `${roundSize(measured)}\n${renderTable(modeColumns(measured), modeRows(cold))}`,
  ].join('\n\n');
}
