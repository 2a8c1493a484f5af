import type { BoundRun } from '../core/bound.js';
import { boundness } from '../statistics/boundness.js';
import { boundAdvice } from './bound-advice.js';
import {
  boundTitle,
  projectionSentences,
  STOPPED,
  timeSentence,
  verdictSentence,
} from './bound-sentences.js';
import { drawProjections, drawStates } from './bound-svg.js';
import {
  BLOCK_COLUMNS,
  blockRows,
  PROJECTION_COLUMNS,
  projectionRows,
  STATE_COLUMNS,
  stateRows,
} from './bound-tables.js';
import { environmentSection } from './environment-html.js';
import { figure, list, paragraph, renderPage, section, table } from './html-page.js';

/** What a run is bound by as one HTML page that needs nothing beside it: the verdict first, every picture with its numbers. */
export function renderBoundHtml(run: BoundRun): string {
  const bound = boundness(run);
  const isJudged = bound.verdict !== undefined;
  return renderPage({
    title: boundTitle(run),
    parts: [
      ...(run.interrupted ? [paragraph(STOPPED, 'warning')] : []),
      paragraph(verdictSentence(bound), 'verdict'),
      ...(isJudged ? [paragraph(`${timeSentence(run, bound)}.`)] : []),
      ...(run.notes.length === 0 ? [] : [list(run.notes, 'warning')]),
      ...(isJudged ? judgedParts(run) : []),
      environmentSection(run.environment, run.version),
    ],
  });
}

function judgedParts(run: BoundRun): string[] {
  const bound = boundness(run);
  const blocks = blockRows(run);
  return [
    section(
      'What the time went by with',
      figure(
        drawStates(bound),
        'Computing needs the CPU. Blocked holds the thread without it; while waiting the thread is free for other work.',
        table('What the time went by with', STATE_COLUMNS, stateRows(bound)),
      ),
    ),
    ...(blocks.length === 0
      ? []
      : [
          section(
            'What held the thread',
            table('Lines that held the main thread longest', BLOCK_COLUMNS, blocks),
          ),
        ]),
    section(
      'What would help',
      list([...projectionSentences(run, bound), ...boundAdvice(run, bound)]),
      figure(
        drawProjections(run, bound),
        'Computing and the rest are taken to follow each other, as on one thread.',
        table('Wall time, measured and projected', PROJECTION_COLUMNS, projectionRows(run, bound)),
      ),
    ),
  ];
}
