import type { Run } from '../core/run.js';
import { remarksOn } from '../statistics/remarks.js';
import { judge } from '../statistics/verdict.js';
import { whyOf } from '../statistics/why.js';
import { modeColumns, modeRows } from './mode-table.js';
import {
  coldSentence,
  leftOutSentences,
  overheadSentence,
  verdictSentences,
  environmentSentence,
} from './sentences.js';
import { PLAIN_STYLE } from './style.js';
import { renderMarkdownTable } from './table.js';
import { renderTimeline } from './timeline-text.js';
import { runTitle } from './what-is-counted.js';

const WIDTH = 80;

/** A comparison as Markdown: the verdict, the table, the picture as text, and where it was measured. */
export function renderCompareMarkdown(run: Run): string {
  const verdict = judge(run);
  const doubled = run.doubled === undefined ? [] : [run.doubled];
  return [
    `# ${runTitle(run)}`,
    ...(verdict === undefined ? [] : [...verdictSentences(verdict), whyOf(run, verdict)]),
    ...[run.measured, ...doubled].map((measurement) =>
      renderMarkdownTable(modeColumns(measurement), modeRows(measurement)),
    ),
    `\`\`\`text\n${renderTimeline(run.measured, PLAIN_STYLE, WIDTH)}\n\`\`\``,
    ...remarksOn(run),
    coldSentence(run.measured),
    overheadSentence(run),
    ...leftOutSentences(run),
    ...run.warnings,
    environmentSentence(run),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n')
    .concat('\n');
}
