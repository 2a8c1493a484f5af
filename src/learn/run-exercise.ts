import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AttemptFault } from './attempt-fault.js';
import { checkAttempt, measureAttempt } from './check-attempt.js';
import {
  codeOf,
  fileOf,
  fingerprintOf,
  handedOutFingerprint,
  isPassed,
  type Course,
} from './course.js';
import {
  progressOf,
  readState,
  updateProgress,
  type CourseState,
  type ExerciseProgress,
} from './course-state.js';
import type { Exercise } from './exercise-folder.js';
import { failed, type Measurement, type Verdict } from './verdict.js';
import { LEARN } from './learn-command.js';

/** What came of running the check of an exercise. */
export interface ExerciseRun {
  readonly exercise: Exercise;
  readonly verdict: Verdict;
  /** What the learner's code printed, the first of it. */
  readonly printed: string;
  /** Of a run that passed; `undefined` too when the code did not do again what it did. */
  readonly measurement: Measurement | undefined;
  /** Whether it had passed as it is before, and was not run again. */
  readonly isKnown: boolean;
  readonly seed: number;
}

/** How an exercise is run. */
export interface RunExerciseOptions {
  readonly seed: number;
  /** Ends the run; nothing of it is recorded. */
  readonly signal?: AbortSignal;
  /** Runs what has passed, too. */
  readonly again?: boolean;
}

// An editor saves once under a check, or twice.
const MOST_RUNS = 5;

/**
 * Runs the check on the learner's file and records what came of it. A file that has passed as it is, is not run again. One that
 * is changed under the check is checked anew, so that nothing passes that was not seen; of one that is changed under every check
 * nothing is recorded.
 *
 * @throws the signal's reason when it is fired.
 */
export async function runExercise(
  course: Course,
  exercise: Exercise,
  options: RunExerciseOptions,
): Promise<ExerciseRun> {
  const { seed, again = false } = options;
  const state = readState(course.folder);
  if (!again && isPassed(course, exercise, state)) return knownRun(exercise, state, seed);
  for (let runs = 0; runs < MOST_RUNS; runs += 1) {
    const before = versionOf(course, exercise);
    if (before === undefined) return missingRun(course, exercise, seed);
    const run = await runOnce(course, exercise, options);
    options.signal?.throwIfAborted();
    if (versionOf(course, exercise)?.stamp !== before.stamp) continue;
    record(course, run, before.files);
    return run;
  }
  return changingRun(course, exercise, seed);
}

async function runOnce(
  course: Course,
  exercise: Exercise,
  options: RunExerciseOptions,
): Promise<ExerciseRun> {
  const check = join(exercise.folder, 'check.ts');
  const file = fileOf(course, exercise);
  const { verdict, printed } = await checkAttempt(check, file, options);
  const measurement = verdict.passed ? await measureOrNothing(check, file, options) : undefined;
  return { exercise, verdict, printed, measurement, isKnown: false, seed: options.seed };
}

async function measureOrNothing(
  check: string,
  file: string,
  options: RunExerciseOptions,
): Promise<Measurement | undefined> {
  try {
    return await measureAttempt(check, file, options);
  } catch (error) {
    if (error instanceof AttemptFault) return undefined;
    throw error;
  }
}

/** What the files are, and a stamp that changes with every writing of them. */
function versionOf(
  course: Course,
  exercise: Exercise,
): { readonly files: string; readonly stamp: string } | undefined {
  const files = fingerprintOf(course, exercise);
  if (files === undefined) return undefined;
  const found = statSync(fileOf(course, exercise), { bigint: true, throwIfNoEntry: false });
  return { files, stamp: `${files} ${found?.ino} ${found?.mtimeNs} ${found?.ctimeNs}` };
}

function knownRun(exercise: Exercise, state: CourseState, seed: number): ExerciseRun {
  const { passed, measured } = progressOf(state, exercise.id);
  return {
    exercise,
    verdict: { passed: true, seen: passed?.seen ?? '' },
    printed: '',
    measurement: measured && { text: measured.text, choice: measured.choice },
    isKnown: true,
    seed,
  };
}

function missingRun(course: Course, exercise: Exercise, seed: number): ExerciseRun {
  const path = codeOf(course, exercise).find((file) => !existsSync(file));
  const verdict = failed(
    'no-file',
    `${path ?? fileOf(course, exercise)} is not there or cannot be read; \`${LEARN} reset ${exercise.number}\` brings it back as it was handed out`,
  );
  return notRun(exercise, verdict, seed);
}

function changingRun(course: Course, exercise: Exercise, seed: number): ExerciseRun {
  const file = fileOf(course, exercise);
  const verdict = failed(
    'keeps-changing',
    `${file} was changed under each of ${MOST_RUNS} checks; check it when nothing writes to it any more, your code included`,
  );
  return notRun(exercise, verdict, seed);
}

function notRun(exercise: Exercise, verdict: Verdict, seed: number): ExerciseRun {
  return { exercise, verdict, printed: '', measurement: undefined, isKnown: false, seed };
}

function record(course: Course, run: ExerciseRun, files: string): void {
  updateProgress(course.folder, run.exercise.id, (progress) => recorded(progress, run, files));
}

function recorded(
  progress: ExerciseProgress,
  { exercise, verdict, measurement, seed }: ExerciseRun,
  files: string,
): ExerciseProgress {
  const isNew = progress.last?.files !== files && files !== handedOutFingerprint(exercise);
  const attempts = progress.attempts + (isNew ? 1 : 0);
  if (!verdict.passed) {
    const { diagnosis, message } = verdict;
    const isSame = progress.last?.diagnosis === diagnosis;
    const hintsShown = isSame ? progress.hintsShown : 0;
    return { ...progress, attempts, hintsShown, last: { files, seed, diagnosis, message } };
  }
  const { choice, text = '' } = measurement ?? {};
  return {
    ...progress,
    attempts,
    hintsShown: 0,
    ...(measurement && { measured: { text, ...(choice === undefined ? {} : { choice }) } }),
    last: { files, seed },
    passed: { at: new Date().toISOString(), files, seen: verdict.seen },
  };
}
