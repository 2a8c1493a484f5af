import { copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import { EXERCISE_FILE, fileOf, folderOf, type Course } from './course.js';
import { progressOf, readState, updateProgress, updateState } from './course-state.js';
import { handOut } from './start-course.js';
import type { Exercise } from './exercise-folder.js';
import { orRefuse } from './write-refusal.js';
import { LEARN } from './learn-command.js';

/** One of the hints that fit the last run. */
export interface ShownHint {
  readonly text: string;
  /** Which of them, from 1. */
  readonly number: number;
  readonly of: number;
}

/** What is shown of a solution, and where it lies now. */
export interface ShownSolution {
  readonly path: string;
  readonly text: string;
}

/** Makes an exercise the one that is worked at. */
export function goTo(course: Course, exercise: Exercise): void {
  updateState(course.folder, (state) => ({ ...state, current: exercise.id }));
}

/**
 * Notes what is predicted, from 0.
 *
 * @throws {UsageError} when there is no such choice, or the measurement has been seen.
 */
export function predict(course: Course, exercise: Exercise, choice: number): void {
  const { choices } = exercise.prediction;
  if (choices[choice] === undefined) {
    throw new UsageError(`expected one of the choices 1 to ${choices.length}, got ${choice + 1}`);
  }
  updateProgress(course.folder, exercise.id, (progress) => {
    if (progress.measured !== undefined) {
      throw new UsageError('what was measured has been shown; a prediction comes before it');
    }
    return { ...progress, predicted: choice };
  });
}

/**
 * The next hint for what was wrong in the last run; after the last one it is shown again.
 *
 * @throws {UsageError} when there is nothing to give a hint for.
 */
export function nextHint(course: Course, exercise: Exercise): ShownHint {
  const { last, hintsShown } = progressOf(readState(course.folder), exercise.id);
  if (last === undefined) {
    throw new UsageError(
      `hints follow what your code does, and it has not run yet; write: ${LEARN} check ${exercise.number}`,
    );
  }
  if (last.diagnosis === undefined) {
    throw new UsageError(
      `exercise ${exercise.number} has passed; its solution is shown by: ${LEARN} solution ${exercise.number}`,
    );
  }
  const hints = exercise.hints[last.diagnosis] ?? [];
  const index = Math.min(hintsShown, hints.length - 1);
  const text = hints[index];
  if (text === undefined) throw new UsageError(`there is no hint for ${last.diagnosis}`);
  if (hintsShown < hints.length) {
    updateProgress(course.folder, exercise.id, (progress) => ({
      ...progress,
      hintsUsed: progress.hintsUsed + 1,
      hintsShown: hintsShown + 1,
    }));
  }
  return { text, number: index + 1, of: hints.length };
}

/**
 * What the README of an exercise says, in Markdown.
 *
 * @throws {UsageError} when it cannot be read.
 */
export function readTask({ folder }: Exercise): string {
  const path = join(folder, 'README.md');
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${quoted(path)} could not be read (${messageOf(error)})`);
  }
}

/**
 * Puts the solution beside the learner's file.
 *
 * @throws {UsageError} when it is not earned yet.
 */
export function showSolution(course: Course, exercise: Exercise): ShownSolution {
  const { passed } = progressOf(readState(course.folder), exercise.id);
  if (passed === undefined) {
    throw new UsageError(
      `the solution of exercise ${exercise.number} comes when yours has passed; a hint is given by: ${LEARN} hint ${exercise.number}`,
    );
  }
  const source = join(exercise.folder, 'solution.ts');
  const path = join(folderOf(course, exercise), 'solution.ts');
  if (!existsSync(path)) orRefuse(path, () => copyFileSync(source, path));
  updateProgress(course.folder, exercise.id, (progress) => ({ ...progress, solutionShown: true }));
  return { path, text: readFileSync(source, 'utf8') };
}

/**
 * Brings the learner's file back as it was handed out, and what else was handed out and is not there; returns where the file that
 * was there lies now, if it was another.
 *
 * @throws {UsageError} when the folder cannot be written to.
 */
export function resetExercise(course: Course, exercise: Exercise): string | undefined {
  const file = fileOf(course, exercise);
  return orRefuse(file, () => {
    const isTheirs = existsSync(file) && !isSame(file, join(exercise.folder, EXERCISE_FILE));
    const kept = isTheirs ? freeName(file) : undefined;
    if (kept !== undefined) renameSync(file, kept);
    handOut(course.folder, exercise);
    return kept;
  });
}

// What cannot be read, a folder in its place, say, is another.
function isSame(theirs: string, ours: string): boolean {
  try {
    return readFileSync(theirs).equals(readFileSync(ours));
  } catch {
    return false;
  }
}

function freeName(file: string): string {
  for (let number = 1; ; number += 1) {
    const name = file.replace(/\.ts$/, `.kept-${number}.ts`);
    if (!existsSync(name)) return name;
  }
}
