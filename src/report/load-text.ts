import type { LoadRun } from '../core/load.js';
import { summarizeLoad } from '../statistics/load-summary.js';
import {
  busySentence,
  connectingSentence,
  latenessSentence,
  loadHeadline,
  lossSentence,
  warmupSentence,
} from './load-sentences.js';
import { renderLoadSeries } from './load-series.js';
import { latencyTable } from './load-table.js';
import { overheadSentence } from './sentences.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';

/** A load run for people. `width` is that of the screen in characters. */
export function renderLoad(run: LoadRun, style: Style, width: number): string {
  const summary = summarizeLoad(run);
  const table = latencyTable(run, summary);
  const head = [
    ...(run.interrupted
      ? [style.warning('Stopped before the end; this is what was measured so far.')]
      : []),
    style.strong(loadHeadline(run, summary)),
    warmupSentence(summary),
    lossSentence(run, summary),
  ];
  const notes = [
    connectingSentence(run),
    busySentence(run),
    latenessSentence(summary),
    overheadSentence(run),
  ];
  return [
    joined(head),
    table === undefined ? '' : renderTable(table.columns, table.rows),
    renderLoadSeries(run, style, width),
    run.counts.ok === 0 ? '' : style.faint(joined(notes)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function joined(lines: readonly (string | undefined)[]): string {
  return lines.filter((line) => line !== undefined).join('\n');
}
