import { formatCount } from '../core/format-units.js';
import type { Measurement, Run } from '../core/run.js';
import { remarksOn } from '../statistics/remarks.js';
import { judge } from '../statistics/verdict.js';
import { whyOf } from '../statistics/why.js';
import { MODE_COLUMNS, modeRows } from './mode-table.js';
import { coldSentence, overheadSentence, verdictSentences } from './sentences.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import { renderTimeline } from './timeline-text.js';

/** A comparison for people: the picture, the table, the verdict. `width` is that of the screen in characters. */
export function renderCompare(run: Run, style: Style, width: number): string {
  // Where not one round counts because every call failed, there is nothing to show; the failures are told elsewhere.
  const counted = run.measured.modes.some((mode) => mode.rounds.length > 0);
  if (!counted && !run.interrupted) return '';
  const verdict = judge(run);
  const why = verdict === undefined ? undefined : whyOf(run, verdict);
  const sentences = [
    ...(verdict === undefined ? [] : verdictSentences(verdict)),
    ...(why === undefined ? [] : [why]),
  ];
  const notes = [coldSentence(run.measured), overheadSentence(run)];
  const tables = [run.measured, ...(run.doubled === undefined ? [] : [run.doubled])].flatMap(
    (measurement) => {
      const rows = modeRows(measurement);
      return rows.length === 0
        ? []
        : [`${callsARound(measurement)}\n${renderTable(MODE_COLUMNS, rows)}`];
    },
  );
  return [
    run.interrupted
      ? style.warning('Stopped before the end; this is what was measured so far.')
      : '',
    renderTimeline(run.measured, style, width),
    ...tables,
    sentences.map((text, index) => (index === 0 ? style.strong(text) : text)).join('\n'),
    remarksOn(run).join('\n'),
    notes.flatMap((note) => (note === undefined ? [] : [style.faint(note)])).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function callsARound({ number }: Measurement): string {
  return number === 1 ? '1 call a round' : `${formatCount(number)} calls a round`;
}
