import type { Milliseconds } from '../core/units.js';
import type { CourseStanding } from '../learn/course-standing.js';
import type { ExerciseProgress } from '../learn/course-state.js';
import type { Exercise } from '../learn/exercise-folder.js';
import type { ShownSolution } from '../learn/learner-steps.js';
import type { ExerciseRun } from '../learn/run-exercise.js';

/** What a session shows. */
export type Page =
  /** The prediction is asked for; nothing has run yet. */
  | { readonly kind: 'question' }
  /** The verdict, and what goes with it. */
  | { readonly kind: 'exercise' }
  /** The same, and whether the learner's file is to be put aside is asked. */
  | { readonly kind: 'reset' }
  /** All exercises, of which one is chosen, from 0, and the figures that were typed last. */
  | { readonly kind: 'list'; readonly at: number; readonly typed: string }
  | { readonly kind: 'solution'; readonly solution: ShownSolution }
  /** What the README of the exercise says. */
  | { readonly kind: 'task'; readonly text: string }
  /** Nothing is left. */
  | { readonly kind: 'ending' };

/** All that the screen of a session depends on, beside its size. */
export interface LearnView {
  readonly standing: CourseStanding;
  readonly exercise: Exercise;
  readonly progress: ExerciseProgress;
  /** The folder of the exercise, as it is written from here. */
  readonly folder: string;
  readonly page: Page;
  /** The last run; none while one is under way. */
  readonly run: ExerciseRun | undefined;
  /** How long the run has been that is under way. */
  readonly runningForMs: Milliseconds | undefined;
  /** What is to be said about the last key or the last save. */
  readonly note: string | undefined;
  /** How many lines of the page are above the screen. */
  readonly scrolled: number;
}
