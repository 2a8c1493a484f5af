import type { SweepRun } from '../core/sweep.js';
import { judgeSweep } from '../statistics/sweep-verdict.js';
import { PLAIN_STYLE } from './style.js';
import { renderGainPlot } from './sweep-plot.js';
import { sweepFailureSentences, sweepSentences } from './sweep-sentences.js';
import { sweepTable } from './sweep-table.js';
import { renderMarkdownTable } from './table.js';
import { environmentSentence } from './sentences.js';

const WIDTH = 80;

/** A sweep as Markdown: the answer, the table, the picture as text, and where it was measured. */
export function renderSweepMarkdown(run: SweepRun): string {
  const { task, mode, over } = run;
  const verdict = judgeSweep(run);
  const measured =
    verdict === undefined
      ? ['Nothing was measured.']
      : [
          ...sweepSentences(run, verdict),
          renderMarkdownTable(sweepTable(run, verdict).columns, sweepTable(run, verdict).rows),
          `\`\`\`text\n${renderGainPlot(verdict, PLAIN_STYLE, WIDTH)}\n\`\`\``,
        ];
  return [
    `# ${task.text}, ${mode}, ${over === 'number' ? 'number of calls' : 'concurrency'} doubled`,
    ...(run.interrupted ? ['Stopped before the end; this is what was measured so far.'] : []),
    ...measured,
    ...run.warnings,
    ...sweepFailureSentences(run),
    environmentSentence(run),
  ]
    .join('\n\n')
    .concat('\n');
}
