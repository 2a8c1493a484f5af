import { relative } from 'node:path';
import { nextHint, predict, resetExercise, showSolution } from '../learn/learner-steps.js';
import type { Key } from './learn-keys.js';
import type { Lesson } from './learn-lesson.js';
import type { Page } from './learn-view.js';

const PAGE = 8;
const SCROLLS: ReadonlyMap<Key, number> = new Map([
  ['up', -1],
  ['k', -1],
  ['down', 1],
  ['j', 1],
  ['page up', -PAGE],
  ['page down', PAGE],
  [' ', PAGE],
]);

/** Does what a key means on the page that is shown; a key that means nothing there does nothing. */
export function press(lesson: Lesson, key: Key): void {
  lesson.say(undefined);
  const { page } = lesson.view;
  if (page.kind === 'list') choose(lesson, page, key);
  else if (page.kind === 'reset') answerReset(lesson, key);
  else if (page.kind === 'question' && (key === 'enter' || isNumber(key))) answer(lesson, key);
  else {
    lesson.scroll(SCROLLS.get(key) ?? 0);
    ON_A_PAGE.get(key)?.(lesson);
  }
}

const ON_A_PAGE: ReadonlyMap<Key, (lesson: Lesson) => void> = new Map([
  ['n', goOn],
  ['p', goBack],
  ['h', hint],
  ['r', (lesson) => lesson.run(true)],
  ['l', showList],
  ['s', toggleSolution],
  ['x', (lesson) => lesson.show({ kind: 'reset' })],
  ['escape', back],
]);

function answer(lesson: Lesson, key: Key): void {
  const { exercise } = lesson.view;
  const { length } = exercise.prediction.choices;
  const choice = Number(key) - 1;
  if (key !== 'enter' && !(choice >= 0 && choice < length)) {
    lesson.say(`expected 1 to ${length}, or Enter to run it without a prediction`);
    return;
  }
  if (key !== 'enter') lesson.step(() => predict(lesson.course, exercise, choice));
  lesson.run(false);
}

function goOn(lesson: Lesson): void {
  const { exercise, progress, runningForMs, standing } = lesson.view;
  if (progress.passed === undefined) {
    lesson.say(
      runningForMs === undefined
        ? `exercise ${exercise.number} has not passed yet: h gives a hint, l goes to any other`
        : 'its check is still running',
    );
    return;
  }
  const open = standing.exercises.filter((each) => each.standing !== 'passed');
  const next = lesson.course.exercises.find(({ number }) => number > exercise.number);
  if (next !== undefined) lesson.open(next);
  else if (open.length === 0) lesson.show({ kind: 'ending' });
  else {
    const numbers = open.map((each) => each.exercise.number).join(', ');
    lesson.say(`this is the last one; what has not passed as it is now: ${numbers}; l goes there`);
  }
}

function goBack(lesson: Lesson): void {
  const { exercise } = lesson.view;
  const previous = lesson.course.exercises.findLast(({ number }) => number < exercise.number);
  if (previous === undefined) lesson.say('this is the first one');
  else lesson.open(previous);
}

function hint(lesson: Lesson): void {
  const { exercise, progress, run, runningForMs } = lesson.view;
  if (runningForMs !== undefined)
    lesson.say('its check is still running; hints follow what it says');
  else if (run === undefined) lesson.say('hints follow what your code does: r runs it');
  else if (run.verdict.passed) lesson.say('it has passed: s shows a solution');
  else {
    const hints = exercise.hints[run.verdict.diagnosis] ?? [];
    const isSame = progress.last?.diagnosis === run.verdict.diagnosis;
    lesson.show({ kind: 'exercise' });
    if (hints.length === 0) lesson.say('there is no hint for that');
    else if (isSame && progress.hintsShown >= hints.length)
      lesson.say('these were all hints for it');
    else lesson.step(() => nextHint(lesson.course, exercise));
  }
}

function showList(lesson: Lesson): void {
  const at = lesson.course.exercises.indexOf(lesson.view.exercise);
  lesson.step(() => {});
  lesson.show({ kind: 'list', at, typed: '' });
}

function choose(
  lesson: Lesson,
  { at, typed }: Extract<Page, { readonly kind: 'list' }>,
  key: Key,
): void {
  const { exercises } = lesson.course;
  const chosen = exercises[at];
  if (key === 'escape' || key === 'l') back(lesson);
  else if (key === 'enter' && chosen !== undefined) lesson.open(chosen);
  else if (isNumber(key)) {
    // A second figure makes a longer number of the first, where there is an exercise of that number.
    const number = [typed + key, key].find((text) => indexOf(lesson, text) >= 0);
    if (number === undefined) lesson.show({ kind: 'list', at, typed: '' });
    else lesson.show({ kind: 'list', at: indexOf(lesson, number), typed: number });
  } else {
    const moved = Math.max(0, at + (SCROLLS.get(key) ?? 0));
    lesson.show({ kind: 'list', at: Math.min(moved, exercises.length - 1), typed: '' });
  }
}

function indexOf({ course }: Lesson, figures: string): number {
  return course.exercises.findIndex(({ number }) => number === Number(figures));
}

function toggleSolution(lesson: Lesson): void {
  const { page, progress, exercise } = lesson.view;
  if (page.kind === 'solution') back(lesson);
  else if (progress.passed === undefined) {
    lesson.say('a solution is shown when yours has passed; h gives a hint');
  } else {
    lesson.step(() =>
      lesson.show({ kind: 'solution', solution: showSolution(lesson.course, exercise) }),
    );
  }
}

function answerReset(lesson: Lesson, key: Key): void {
  if (key !== 'y') {
    back(lesson);
    return;
  }
  const { exercise, folder } = lesson.view;
  let kept: string | undefined;
  lesson.step(() => {
    kept = resetExercise(lesson.course, exercise);
    const where = kept && `; what was in it is in ${relative(process.cwd(), kept)}`;
    lesson.say(`${folder}/exercise.ts is as it was handed out${where ?? ''}`);
  });
  lesson.watch();
  lesson.run(false);
}

/** To the exercise, or to its question where it has not run. */
function back(lesson: Lesson): void {
  const { run, runningForMs, progress } = lesson.view;
  const isAsked =
    run === undefined &&
    runningForMs === undefined &&
    progress.predicted === undefined &&
    progress.last === undefined;
  lesson.show({ kind: isAsked ? 'question' : 'exercise' });
}

function isNumber(key: Key): boolean {
  return /^\d$/.test(key);
}
