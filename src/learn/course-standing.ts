import { fingerprintOf, handedOutFingerprint, currentExercise, type Course } from './course.js';
import { progressOf, type CourseState, type ExerciseProgress } from './course-state.js';
import type { Exercise } from './exercise-folder.js';

/**
 * How it stands with an exercise: its file, as it is, has passed; it or its check has changed since it passed; it has never
 * passed; it is as it was handed out.
 */
export type Standing = 'passed' | 'changed' | 'not yet' | 'not begun';

/** How it stands with one exercise of a course. */
export interface ExerciseStanding {
  readonly exercise: Exercise;
  readonly progress: ExerciseProgress;
  readonly standing: Standing;
  readonly isCurrent: boolean;
}

/** How it stands with a course. */
export interface CourseStanding {
  readonly folder: string;
  readonly exercises: readonly ExerciseStanding[];
  readonly current: ExerciseStanding;
  /** The one to go on with; `undefined` when all have passed. */
  readonly next: ExerciseStanding | undefined;
  /** How many have passed as they are. */
  readonly passed: number;
  /** About how long the others take. */
  readonly minutesLeft: number;
}

/** How it stands with one exercise. */
export function standingOf(course: Course, exercise: Exercise, state: CourseState): Standing {
  const { passed } = progressOf(state, exercise.id);
  const files = fingerprintOf(course, exercise);
  if (passed !== undefined) return passed.files === files ? 'passed' : 'changed';
  return files !== undefined && files === handedOutFingerprint(exercise) ? 'not begun' : 'not yet';
}

/** How it stands with a course, as its files are now. */
export function courseStanding(course: Course, state: CourseState): CourseStanding {
  const { id } = currentExercise(course, state);
  const exercises = course.exercises.map((exercise) => ({
    exercise,
    progress: progressOf(state, exercise.id),
    standing: standingOf(course, exercise, state),
    isCurrent: exercise.id === id,
  }));
  const current = exercises.find(({ isCurrent }) => isCurrent);
  if (current === undefined) throw new Error('the current exercise is one of the course');
  const open = exercises.filter(({ standing }) => standing !== 'passed');
  const later = open.find(({ exercise }) => exercise.number > current.exercise.number);
  return {
    folder: course.folder,
    exercises,
    current,
    next: current.standing === 'passed' ? (later ?? open[0]) : current,
    passed: exercises.length - open.length,
    minutesLeft: open.reduce((sum, { exercise }) => sum + exercise.minutes, 0),
  };
}
