import type { CourseStanding, ExerciseStanding } from '../learn/course-standing.js';
import type { Exercise } from '../learn/exercise-folder.js';
import type { ExerciseRun } from '../learn/run-exercise.js';

const SCHEMA = 'lwasync.learn/1';

/** The exercises of a course, or those that come with lwasync, as one JSON document; `schemas/learn.schema.json`. */
export function listDocument(
  exercises: readonly Exercise[],
  standing: CourseStanding | undefined,
): object {
  const known = new Map(standing?.exercises.map((each) => [each.exercise.id, each]));
  return {
    schema: SCHEMA,
    kind: 'list',
    course: standing?.folder ?? null,
    exercises: exercises.map((exercise) => ({
      ...exerciseDocument(exercise),
      ...standingDocument(known.get(exercise.id)),
    })),
  };
}

/** How far the learner is as one JSON document; `schemas/learn.schema.json`. */
export function statusDocument(standing: CourseStanding): object {
  const { folder, exercises, passed, minutesLeft, current, next } = standing;
  return {
    schema: SCHEMA,
    kind: 'status',
    course: folder,
    passed,
    of: exercises.length,
    minutesLeft,
    current: { ...exerciseDocument(current.exercise), ...standingDocument(current) },
    next: next === undefined ? null : next.exercise.id,
  };
}

/** An exercise that was checked, or that was not since nothing has been done in it yet. */
export type CheckedExercise =
  | { readonly exercise: Exercise; readonly run: undefined }
  | { readonly exercise: Exercise; readonly run: ExerciseRun; readonly predicted?: number };

/** What came of checks as one JSON document; `schemas/learn.schema.json`. */
export function checkDocument(
  folder: string,
  checked: readonly CheckedExercise[],
  interrupted: boolean,
): object {
  return {
    schema: SCHEMA,
    kind: 'check',
    course: folder,
    interrupted,
    passed: checked.filter(({ run }) => run?.verdict.passed === true).length,
    of: checked.length,
    exercises: checked.map((each) => checkedDocument(each)),
  };
}

function checkedDocument(checked: CheckedExercise): object {
  const { exercise, run } = checked;
  if (run === undefined) return { ...exerciseDocument(exercise), result: 'not begun' };
  const { verdict, isKnown, seed, printed, measurement } = run;
  return {
    ...exerciseDocument(exercise),
    result: verdict.passed ? 'passed' : 'not yet',
    isKnown,
    seed,
    diagnosis: verdict.passed ? null : verdict.diagnosis,
    sentence: verdict.passed ? verdict.seen : verdict.message,
    printed,
    predicted: choiceNumber(checked.predicted),
    measured: measurement === undefined ? null : measurement.text,
    measuredChoice: choiceNumber(measurement?.choice),
  };
}

function exerciseDocument({ id, number, title, minutes }: Exercise): object {
  return { id, number, title, minutes };
}

function standingDocument(standing: ExerciseStanding | undefined): object {
  if (standing === undefined) return { standing: null, isCurrent: false, attempts: 0, hints: 0 };
  const { standing: is, isCurrent, progress } = standing;
  return { standing: is, isCurrent, attempts: progress.attempts, hints: progress.hintsUsed };
}

/** As people count, from 1. */
export function choiceNumber(index: number | undefined): number | null {
  return index === undefined ? null : index + 1;
}
