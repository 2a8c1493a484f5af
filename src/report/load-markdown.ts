import type { LoadRun } from '../core/load.js';
import { summarizeLoad } from '../statistics/load-summary.js';
import {
  busySentence,
  connectingSentence,
  latenessSentence,
  loadFailureSentences,
  loadHeadline,
  loadTitle,
  lossSentence,
  warmupSentence,
} from './load-sentences.js';
import { renderLoadSeries } from './load-series.js';
import { latencyTable } from './load-table.js';
import { overheadSentence, environmentSentence } from './sentences.js';
import { PLAIN_STYLE } from './style.js';
import { renderMarkdownTable } from './table.js';

const WIDTH = 80;

/** A load run as Markdown: what came of it, the table, the picture as text, and where it was measured. */
export function renderLoadMarkdown(run: LoadRun): string {
  const summary = summarizeLoad(run);
  const table = latencyTable(run, summary);
  const series = renderLoadSeries(run, PLAIN_STYLE, WIDTH);
  return [
    `# ${loadTitle(run)}`,
    `${loadHeadline(run, summary)}.`,
    warmupSentence(summary),
    lossSentence(run, summary),
    table === undefined ? undefined : renderMarkdownTable(table.columns, table.rows),
    series === '' ? undefined : `\`\`\`text\n${series}\n\`\`\``,
    connectingSentence(run),
    busySentence(run),
    latenessSentence(summary),
    overheadSentence(run),
    ...loadFailureSentences(run),
    ...run.warnings,
    environmentSentence(run),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n')
    .concat('\n');
}
