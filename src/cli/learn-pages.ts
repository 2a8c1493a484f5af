import { basename } from 'node:path';
import { printable } from '../report/shown-text.js';
import { cutToWidth } from './displayed-text.js';
import { renderList } from './learn-list.js';
import {
  drawLanes,
  paragraph,
  renderPrediction,
  renderPrinted,
  renderQuestion,
  renderVerdict,
  type TextLook,
} from './learn-text.js';
import { runningTime } from './learn-foot.js';
import type { LearnView } from './learn-view.js';

const FEWEST_LANES = 6;
const AXIS_AND_REST = 2;

/** The lines of what a session shows between its head and its foot; `room` is how many there is room for. */
export function pageLines(view: LearnView, look: TextLook, room: number): string[] {
  const { page, exercise, standing } = view;
  switch (page.kind) {
    case 'question':
      return linesOf(
        look.style.strong('Before the first run, predict:'),
        '',
        renderQuestion(exercise, look),
      );
    case 'exercise':
    case 'reset':
      return runLines(view, look, room);
    case 'list': {
      const exercises = standing.exercises.map((each, index) => ({
        ...each,
        isCurrent: index === page.at,
      }));
      const all = exercises.map((each) => each.exercise);
      return linesOf(renderList(all, { ...standing, exercises }, look));
    }
    case 'solution':
      return [
        look.style.strong(
          `A solution, in ${printable(view.folder)}/${basename(page.solution.path)}`,
        ),
        '',
        ...page.solution.text
          .trimEnd()
          .split('\n')
          .map((line) => cutToWidth(printable(line.replaceAll('\t', '  ')), look.width)),
      ];
    case 'ending':
      return endingLines(standing.exercises.length, look);
  }
}

function runLines(view: LearnView, look: TextLook, room: number): string[] {
  const { exercise, progress, run, runningForMs } = view;
  const name = `${exercise.number} ${printable(exercise.title)}`;
  if (runningForMs !== undefined) return [`… ${name}: running, ${runningTime(runningForMs)}`];
  if (run === undefined) return [];
  const isPassed = run.verdict.passed;
  const above = blocks(
    renderVerdict(run, look),
    isPassed ? '' : renderHints(view, look),
    renderPrinted(run.printed, look),
    isPassed ? renderPrediction(exercise, progress, look) : '',
  );
  const left = room - above.length - 1 - AXIS_AND_REST;
  const picture = drawLanes(run.measurement?.lanes ?? [], look, Math.max(FEWEST_LANES, left));
  return picture === '' ? above : [...above, '', ...linesOf(picture)];
}

/** The hints that were shown for what is wrong. */
function renderHints({ run, exercise, progress }: LearnView, look: TextLook): string {
  if (run === undefined || run.verdict.passed) return '';
  const { diagnosis } = run.verdict;
  if (progress.last?.diagnosis !== diagnosis) return '';
  const hints = exercise.hints[diagnosis] ?? [];
  return hints
    .slice(0, progress.hintsShown)
    .map((text, index) => paragraph(`Hint ${index + 1} of ${hints.length}: ${text}`, look))
    .join('\n');
}

function endingLines(number: number, look: TextLook): string[] {
  return linesOf(
    look.style.mode('async', look.style.strong(`✓ All ${number} exercises have passed.`)),
    '',
    paragraph(
      'You have written clients that wait for one answer and for many, limits, queues, and what lies below them. What could come next:',
      look,
    ),
    '',
    paragraph('lwasync compare http://your-server/   what all at once gains on yours', look),
    paragraph('lwasync bound -- node your-program.js   what a program of yours waits for', look),
    paragraph('lwasync loop your-program.ts   an event loop, seen step by step', look),
    '',
    paragraph('Every exercise can be done in another way: l goes to any of them.', look),
  );
}

function blocks(...texts: readonly string[]): string[] {
  return linesOf(texts.filter((text) => text !== '').join('\n\n'));
}

function linesOf(...texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split('\n'));
}
