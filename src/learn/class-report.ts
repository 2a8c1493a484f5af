import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../core/errors.js';
import { median, sortSamples } from '../statistics/sorted-samples.js';
import { openCourse, type Course } from './course.js';
import { courseStanding, type ExerciseStanding } from './course-standing.js';
import { readState, STATE_FILE } from './course-state.js';
import type { Exercise } from './exercise-folder.js';

/** How far one learner is, as the state file says. */
export interface Learner {
  /** The folder of the course, as it was named. */
  readonly name: string;
  /** Where the exercises come from, when they are not those of lwasync. */
  readonly from: string | undefined;
  readonly exercises: readonly ExerciseStanding[];
}

/** How a class is with one exercise. */
export interface ExerciseFigures {
  readonly exercise: Exercise;
  readonly learners: number;
  /** Whose file has passed, whether or not it has changed since. */
  readonly passed: number;
  /** The median of those who made any. */
  readonly medianAttempts: number | undefined;
  /** How many predicted each choice. */
  readonly predicted: readonly number[];
  /** Of how many the measurement bore out each choice, whether or not they predicted. */
  readonly measured: readonly number[];
  /** Of those who predicted and saw the measurement, how many were right. */
  readonly predictedRight: number;
  readonly predictedMeasured: number;
  /** The most frequent last diagnosis of those who have begun and not passed; of several, the first by name. */
  readonly stuckAt: { readonly diagnosis: string; readonly learners: number } | undefined;
}

/** How far the learners of a class are. */
export interface ClassReport {
  readonly learners: readonly Learner[];
  readonly exercises: readonly ExerciseFigures[];
  /** Folders that could not be read, and why. */
  readonly unread: readonly { readonly name: string; readonly reason: string }[];
}

/** Reads the courses in these folders and counts. What cannot be read is told, and the others are counted all the same. */
export function reportClass(folders: readonly string[]): ClassReport {
  const learners: Learner[] = [];
  const unread: { name: string; reason: string }[] = [];
  for (const name of folders) {
    try {
      learners.push(readLearner(name));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      unread.push({ name, reason: error.message });
    }
  }
  return { learners, exercises: figuresOf(learners), unread };
}

function readLearner(name: string): Learner {
  const folder = resolve(name);
  if (!existsSync(join(folder, STATE_FILE))) {
    throw new UsageError(`it is no course, since it holds no ${STATE_FILE}`);
  }
  const course: Course = openCourse(folder);
  const state = readState(folder);
  return { name, from: state.from, exercises: courseStanding(course, state).exercises };
}

// By exercise, in the order of their names.
function figuresOf(learners: readonly Learner[]): ExerciseFigures[] {
  const byId = new Map<string, ExerciseStanding[]>();
  for (const each of learners.flatMap(({ exercises }) => exercises)) {
    const those = byId.get(each.exercise.id) ?? [];
    byId.set(each.exercise.id, [...those, each]);
  }
  return [...byId.entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, [first, ...others]]) =>
      first === undefined ? [] : [figures([first, ...others])],
    );
}

function figures(those: readonly [ExerciseStanding, ...ExerciseStanding[]]): ExerciseFigures {
  const [{ exercise }] = those;
  const { choices } = exercise.prediction;
  const attempts = those.map(({ progress }) => progress.attempts).filter((number) => number > 0);
  const told = those.filter(
    ({ progress }) => progress.predicted !== undefined && progress.measured?.choice !== undefined,
  );
  return {
    exercise,
    learners: those.length,
    passed: those.filter((each) => hasPassed(each)).length,
    medianAttempts: median(sortSamples(attempts)),
    predicted: choices.map(
      (_, choice) => those.filter(({ progress }) => progress.predicted === choice).length,
    ),
    measured: choices.map(
      (_, choice) => those.filter(({ progress }) => progress.measured?.choice === choice).length,
    ),
    predictedRight: told.filter(({ progress }) => progress.predicted === progress.measured?.choice)
      .length,
    predictedMeasured: told.length,
    stuckAt: mostFrequent(
      those
        .filter(({ standing }) => standing === 'not yet')
        .flatMap(({ progress }) => progress.last?.diagnosis ?? []),
    ),
  };
}

function hasPassed({ standing }: ExerciseStanding): boolean {
  return standing === 'passed' || standing === 'changed';
}

function mostFrequent(names: readonly string[]): ExerciseFigures['stuckAt'] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [first] = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return first && { diagnosis: first[0], learners: first[1] };
}
