import { basename } from 'node:path';
import { printable } from '../report/shown-text.js';
import { countPassed, renderList } from './learn-list.js';
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
import { renderTask } from './learn-task.js';
import type { LearnView } from './learn-view.js';
import { wrapCode } from './wrapped-code.js';

const FEWEST_LANES = 4;
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
          .flatMap((line) => wrapCode(line, look)),
      ];
    case 'task':
      return linesOf(renderTask(page.text, look));
    case 'ending':
      return endingLines(view, look);
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
    renderChanged(view, look),
    isPassed ? '' : renderHints(view, look),
    renderPrinted(run.printed, look),
    isPassed ? renderPrediction(exercise, progress, look) : '',
  );
  const left = room - above.length - 1 - AXIS_AND_REST;
  // Where next to nothing of it fits, it is scrolled to.
  const most = left >= FEWEST_LANES ? left : undefined;
  const picture = drawLanes(run.measurement?.lanes ?? [], look, most);
  return picture === '' ? above : [...above, '', ...linesOf(picture)];
}

/** Why it counts no longer that it has passed. */
function renderChanged({ standing: { exercises }, exercise }: LearnView, look: TextLook): string {
  const own = exercises.find((each) => each.exercise.id === exercise.id);
  if (own?.standing !== 'changed') return '';
  return paragraph('It passed once, but its files or its check have changed since.', look);
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

function endingLines({ standing }: LearnView, look: TextLook): string[] {
  const count = countPassed(standing.passed, standing.exercises.length);
  const next: readonly (readonly [string, string])[] = [
    ['lwasync compare http://...', 'what all at once gains on a server of yours'],
    ['lwasync bound -- node it.js', 'what a program of yours spends its time on'],
    ['lwasync loop program.js', 'what an event loop does, pass by pass'],
  ];
  return linesOf(
    look.style.mode('async', look.style.strong(`✓ ${count}.`)),
    '',
    paragraph('Well done. What could come next:', look),
    ...next.map(([words, what]) => paragraph(`${words.padEnd(28)}${what}`, look, 28)),
    '',
    paragraph('Most exercises have other right answers: l goes to any of them, s shows one.', look),
  );
}

function blocks(...texts: readonly string[]): string[] {
  return linesOf(texts.filter((text) => text !== '').join('\n\n'));
}

function linesOf(...texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split('\n'));
}
