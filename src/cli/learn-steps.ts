import { relative } from 'node:path';
import { currentExercise, findCourse, findExercise, type Course } from '../learn/course.js';
import { readState } from '../learn/course-state.js';
import type { Exercise } from '../learn/exercise-folder.js';
import { nextHint, resetExercise, showSolution } from '../learn/learner-steps.js';
import { startCourse } from '../learn/start-course.js';
import { counted } from '../core/format-units.js';
import { printable } from '../report/shown-text.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { formatMinutes, outputLook } from './learn-list.js';
import { paragraph } from './learn-text.js';
import { print, remark } from './terminal.js';

/** Makes a course and says how to go on. */
export async function runStart(folder: string, exercises: string | undefined): Promise<ExitCode> {
  const course = startCourse(folder, exercises);
  const minutes = course.exercises.reduce((sum, each) => sum + each.minutes, 0);
  print(
    [
      `${here(course.folder)} holds ${counted(course.exercises.length, 'exercise')}, about ${formatMinutes(minutes)} of work.`,
      '',
      'Next:',
      `  cd ${shellWord(here(course.folder))}`,
      '  npm install          once, so that your editor knows the types',
      '  npx lwasync learn    shows an exercise, and checks it each time you save',
    ].join('\n'),
  );
  return EXIT.done;
}

/** Prints the next hint for what was wrong in the last run. */
export async function runHint(word: string | undefined): Promise<ExitCode> {
  const [course, exercise] = chosen(word);
  const { text, number, of } = nextHint(course, exercise);
  print(`Hint ${number} of ${of} for ${exercise.number} ${printable(exercise.title)}:`);
  print(paragraph(text, outputLook()));
  return EXIT.done;
}

/** Prints the solution of an exercise that has passed. */
export async function runSolution(word: string | undefined): Promise<ExitCode> {
  const [course, exercise] = chosen(word);
  const { path, text } = showSolution(course, exercise);
  print(text);
  remark(`it lies beside yours now: ${here(path)}`);
  return EXIT.done;
}

/** Brings an exercise back as it was handed out. */
export async function runReset(word: string): Promise<ExitCode> {
  const [course, exercise] = chosen(word);
  const kept = resetExercise(course, exercise);
  print(`${exercise.id}/exercise.ts is as it was handed out.`);
  if (kept !== undefined) print(`What was in it is in ${here(kept)} now.`);
  return EXIT.done;
}

function chosen(word: string | undefined): [Course, Exercise] {
  const course = findCourse(process.cwd());
  const exercise =
    word === undefined
      ? currentExercise(course, readState(course.folder))
      : findExercise(course, word);
  return [course, exercise];
}

/** The path as it is written from here. */
function here(path: string): string {
  const shorter = relative(process.cwd(), path);
  return shorter === '' ? '.' : shorter.startsWith('..') ? path : shorter;
}

function shellWord(text: string): string {
  return /^[\w./+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
