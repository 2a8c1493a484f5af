import type { BoundRun } from '../core/bound.js';
import { boundness } from '../statistics/boundness.js';
import { boundAdvice } from './bound-advice.js';
import {
  boundTitle,
  STOPPED,
  projectionSentences,
  timeSentence,
  verdictSentence,
} from './bound-sentences.js';
import { BLOCK_COLUMNS, blockRows, STATE_COLUMNS, stateRows } from './bound-tables.js';
import { renderMarkdownTable } from './table.js';
import { environmentSentence } from './sentences.js';

/** What a run is bound by as Markdown: the verdict, the states, the lines, what would help, and where it was seen. */
export function renderBoundMarkdown(run: BoundRun): string {
  const { notes } = run;
  const bound = boundness(run);
  const blocks = blockRows(run);
  const judged =
    bound.verdict === undefined
      ? []
      : [
          `${timeSentence(run, bound)}.`,
          renderMarkdownTable(STATE_COLUMNS, stateRows(bound)),
          ...(blocks.length === 0 ? [] : [renderMarkdownTable(BLOCK_COLUMNS, blocks)]),
          ...projectionSentences(run, bound),
          ...boundAdvice(run, bound),
        ];
  return [
    `# ${boundTitle(run)}`,
    ...(run.interrupted ? [STOPPED] : []),
    verdictSentence(bound),
    ...judged,
    ...notes,
    environmentSentence(run),
  ]
    .join('\n\n')
    .concat('\n');
}
