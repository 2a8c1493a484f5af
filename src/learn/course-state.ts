import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import { printable } from '../report/shown-text.js';
import { alone } from './file-lock.js';
import { orRefuse } from './write-refusal.js';
import { LEARN } from './learn-command.js';

/** The file of a course that says how far its learner is. */
export const STATE_FILE = 'lwasync-course.json';

/** How far a learner is with one exercise. */
export interface ExerciseProgress {
  /** Runs of the check on a file that had changed since the run before; none of them as it was handed out. */
  readonly attempts: number;
  /** Hints shown so far, of all diagnoses. */
  readonly hintsUsed: number;
  /** Hints shown for the last diagnosis. */
  readonly hintsShown: number;
  /** The choice that was predicted, from 0. */
  readonly predicted?: number;
  readonly measured?: { readonly text: string; readonly choice?: number };
  /** The last run of the check. */
  readonly last?: LastRun;
  /** The last run that passed. */
  readonly passed?: { readonly at: string; readonly files: string; readonly seen: string };
  readonly solutionShown?: boolean;
}

/** What came of the last run of a check. */
interface LastRun {
  /** The fingerprint of the files that it was about. */
  readonly files: string;
  readonly seed: number;
  /** None when it passed. */
  readonly diagnosis?: string;
  readonly message?: string;
}

/** How far a learner is. */
export interface CourseState {
  /** Where the exercises come from, when they are not those of lwasync. */
  readonly from?: string;
  /** The exercise that is worked at. */
  readonly current?: string;
  readonly progress: Readonly<Record<string, ExerciseProgress>>;
}

const VERSION = 1;
const NOTHING_DONE: ExerciseProgress = { attempts: 0, hintsUsed: 0, hintsShown: 0 };

/** How far a learner is with an exercise. */
export function progressOf(state: CourseState, id: string): ExerciseProgress {
  return state.progress[id] ?? NOTHING_DONE;
}

/**
 * Reads the state of the course in a folder.
 *
 * @throws {UsageError} when it cannot be read, or a later lwasync wrote it.
 */
export function readState(folder: string): CourseState {
  const path = join(folder, STATE_FILE);
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `${quoted(path)} could not be read (${printable(messageOf(error))}); mend it, or delete it and write: ${LEARN} start ${folder}`,
    );
  }
  const { version, from, current, progress } = asObject(found);
  if (version !== VERSION) {
    throw new UsageError(
      `${quoted(path)}: expected version ${VERSION}, got ${quoted(printable(String(version)))}; a later lwasync may have written it`,
    );
  }
  return {
    ...optional('from', asText(from)),
    ...optional('current', asText(current)),
    progress: Object.fromEntries(
      Object.entries(asObject(progress)).map(([id, each]) => [id, progressIn(each)]),
    ),
  };
}

/**
 * Changes the state of a course: reads it anew, so that what another process wrote meanwhile is kept, and puts the new one in its
 * place as a whole.
 *
 * @throws {UsageError} when it cannot be read or written; it is as it was then.
 */
export function updateState(
  folder: string,
  change: (state: CourseState) => CourseState,
): CourseState {
  return alone(join(folder, STATE_FILE), () => {
    const state = change(readState(folder));
    writeState(folder, state);
    return state;
  });
}

/** Changes what is known of one exercise. */
export function updateProgress(
  folder: string,
  id: string,
  change: (progress: ExerciseProgress) => ExerciseProgress,
): CourseState {
  return updateState(folder, (state) => ({
    ...state,
    progress: { ...state.progress, [id]: change(progressOf(state, id)) },
  }));
}

/**
 * Writes the state of a course beside its place first and moves it there, so that no half of it is ever seen.
 *
 * @throws {UsageError} when it cannot be written; what was there is as it was then.
 */
export function writeState(folder: string, state: CourseState): void {
  const path = join(folder, STATE_FILE);
  const whole = `${path}.${process.pid}.tmp`;
  orRefuse(path, () => {
    try {
      writeFileSync(whole, `${JSON.stringify({ version: VERSION, ...state }, undefined, 2)}\n`);
      renameSync(whole, path);
    } catch (error) {
      rmSync(whole, { force: true, recursive: true });
      throw error;
    }
  });
}

function progressIn(value: unknown): ExerciseProgress {
  const { attempts, hintsUsed, hintsShown, predicted, measured, last, passed, solutionShown } =
    asObject(value);
  return {
    attempts: asCount(attempts) ?? 0,
    hintsUsed: asCount(hintsUsed) ?? 0,
    hintsShown: asCount(hintsShown) ?? 0,
    ...optional('predicted', asCount(predicted)),
    ...optional('measured', measuredIn(measured)),
    ...optional('last', lastIn(last)),
    ...optional('passed', passedIn(passed)),
    ...(solutionShown === true ? { solutionShown } : {}),
  };
}

function measuredIn(value: unknown): ExerciseProgress['measured'] {
  const { text, choice } = asObject(value);
  const known = asText(text);
  return known === undefined ? undefined : { text: known, ...optional('choice', asCount(choice)) };
}

function lastIn(value: unknown): LastRun | undefined {
  const { files, seed, diagnosis, message } = asObject(value);
  const known = asText(files);
  if (known === undefined) return undefined;
  return {
    files: known,
    seed: asCount(seed) ?? 0,
    ...optional('diagnosis', asText(diagnosis)),
    ...optional('message', asText(message)),
  };
}

function passedIn(value: unknown): ExerciseProgress['passed'] {
  const { at, files, seen } = asObject(value);
  const known = asText(files);
  return known === undefined
    ? undefined
    : { at: asText(at) ?? '', files: known, seen: asText(seen) ?? '' };
}

function asObject(value: unknown): Record<string, unknown> {
  return Object(value);
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function asCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): Partial<Record<Key, Value>> {
  const found: Partial<Record<Key, Value>> = {};
  if (value !== undefined) found[key] = value;
  return found;
}
