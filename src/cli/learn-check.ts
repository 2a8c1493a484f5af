import { UsageError } from '../core/errors.js';
import { findCourse, findExercise, type Course } from '../learn/course.js';
import { courseStanding, standingOf } from '../learn/course-standing.js';
import { progressOf, readState } from '../learn/course-state.js';
import type { Exercise } from '../learn/exercise-folder.js';
import { goTo, predict } from '../learn/learner-steps.js';
import { runExercise, type ExerciseRun } from '../learn/run-exercise.js';
import { printable } from '../report/shown-text.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { onInterrupt } from './interrupt.js';
import { checkDocument, type CheckedExercise } from './learn-documents.js';
import { countPassed, nextStep, outputLook, SIGNS } from './learn-list.js';
import { meanwhile } from './learn-meanwhile.js';
import { renderQuestion, renderRun, renderVerdict, type TextLook } from './learn-text.js';
import { print, remark } from './terminal.js';
import { LEARN } from '../learn/learn-command.js';

/** What `lwasync learn check` takes. */
export interface CheckWords {
  readonly again?: boolean;
  readonly seed?: number;
  /** The choice that is predicted, from 1. */
  readonly predict?: number;
  readonly json?: boolean;
}

/** How checks are carried out, one or all of them. */
interface Checking {
  readonly course: Course;
  readonly again: boolean;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Takes each exercise as soon as it is known what came of it. */
  readonly onChecked: (checked: CheckedExercise) => void;
}

const SEEDS = 1_000_000;

/** Checks the exercise that is named, or all of them, and prints what came of it. */
export async function runCheck(word: string | undefined, words: CheckWords): Promise<ExitCode> {
  const { again = false, seed = Math.floor(Math.random() * SEEDS), json = false } = words;
  const course = findCourse(process.cwd());
  if (word === undefined && words.predict !== undefined) {
    throw new UsageError(
      `--predict is for one exercise, and none is named; write: ${LEARN} check 3 --predict ${words.predict}`,
    );
  }
  const interrupt = onInterrupt(() => true);
  const checked: CheckedExercise[] = [];
  const checking: Checking = {
    course,
    again,
    seed,
    signal: interrupt.signal,
    onChecked: (each) => {
      checked.push(each);
      if (!json) print((word === undefined ? oneLine : whole)(each, course, outputLook()));
    },
  };
  try {
    if (word === undefined) await checkAll(checking);
    else await checkOne(checking, findExercise(course, word), words.predict);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    remark('stopped before the end; what was checked by then counts');
  } finally {
    interrupt.stop();
  }
  const isStopped = interrupt.signal.aborted;
  if (json) print(JSON.stringify(checkDocument(course.folder, checked, isStopped)));
  else if (!isStopped && word === undefined) printSum(course);
  if (isStopped) return EXIT.interrupted;
  return checked.every(({ run }) => run?.verdict.passed === true)
    ? EXIT.done
    : EXIT.expectationFailed;
}

async function checkOne(
  checking: Checking,
  exercise: Exercise,
  choice: number | undefined,
): Promise<void> {
  const { course, onChecked } = checking;
  if (choice !== undefined) predict(course, exercise, choice - 1);
  goTo(course, exercise);
  const run = await runAndTell(checking, exercise, '');
  onChecked(checkedExercise(course, exercise, run));
}

async function checkAll(checking: Checking): Promise<void> {
  const { course, onChecked } = checking;
  for (const [index, exercise] of course.exercises.entries()) {
    // What is as it was handed out passes nothing, which a test of each exercise shows.
    if (standingOf(course, exercise, readState(course.folder)) === 'not begun') {
      onChecked({ exercise, run: undefined });
      continue;
    }
    const run = await runAndTell(
      checking,
      exercise,
      `${index + 1} of ${course.exercises.length}, `,
    );
    onChecked(checkedExercise(course, exercise, run));
  }
}

function checkedExercise(course: Course, exercise: Exercise, run: ExerciseRun): CheckedExercise {
  const { predicted } = progressOf(readState(course.folder), exercise.id);
  return { exercise, run, ...(predicted === undefined ? {} : { predicted }) };
}

function runAndTell(
  { course, again, seed, signal }: Checking,
  exercise: Exercise,
  where: string,
): Promise<ExerciseRun> {
  const line = `checking ${where}${exercise.number} ${printable(exercise.title)} …`;
  return meanwhile(line, () => runExercise(course, exercise, { seed, again, signal }));
}

function whole({ exercise, run }: CheckedExercise, course: Course, look: TextLook): string {
  if (run === undefined) return '';
  const state = readState(course.folder);
  const progress = progressOf(state, exercise.id);
  const shown = renderRun(run, progress, look);
  if (run.verdict.passed) return `${shown}\n\nNext: ${nextStep(courseStanding(course, state))}`;
  const hint = `A hint: ${LEARN} hint ${exercise.number}`;
  if (progress.predicted !== undefined || progress.measured !== undefined) {
    return `${shown}\n\n${hint}`;
  }
  const { length } = exercise.prediction.choices;
  const asked = `Before it passes, predict (with --predict 1 to --predict ${length}):`;
  return `${shown}\n\n${asked}\n${renderQuestion(exercise, look)}\n\n${hint}`;
}

function oneLine({ exercise, run }: CheckedExercise, _: Course, look: TextLook): string {
  const name = `${exercise.number} ${printable(exercise.title)}`;
  if (run === undefined) return `${SIGNS['not begun']} ${name}: not begun`;
  if (!run.verdict.passed) return renderVerdict(run, look);
  const before = run.isKnown ? ' (as before, not run again)' : '';
  return `${look.style.strong(`${SIGNS.passed} ${name}: passed`)}${before}`;
}

function printSum(course: Course): void {
  const standing = courseStanding(course, readState(course.folder));
  const { passed, exercises } = standing;
  print(`\n${countPassed(passed, exercises.length)}.\nNext: ${nextStep(standing)}`);
}
