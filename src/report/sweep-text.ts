import type { SweepRun } from '../core/sweep.js';
import { judgeSweep } from '../statistics/sweep-verdict.js';
import type { Style } from './style.js';
import { renderGainPlot } from './sweep-plot.js';
import { sweepSentences } from './sweep-sentences.js';
import { sweepTable } from './sweep-table.js';
import { renderTable } from './table.js';

/** A sweep for people: the picture, the table, the answer. `width` is that of the screen in characters. */
export function renderSweep(run: SweepRun, style: Style, width: number): string {
  const verdict = judgeSweep(run);
  const stopped = run.interrupted
    ? [style.warning('Stopped before the end; this is what was measured so far.')]
    : [];
  if (verdict === undefined) return stopped.join('\n');
  const { columns, rows } = sweepTable(run, verdict);
  const sentences = sweepSentences(run, verdict);
  return [
    ...stopped,
    renderGainPlot(verdict, style, width),
    renderTable(columns, rows),
    sentences.map((text, index) => (index === 0 ? style.strong(text) : text)).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
