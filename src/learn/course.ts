import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, type Dirent } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { messageOf, UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import { printable } from '../report/shown-text.js';
import { KEPT, OWN_EXERCISES, readExercises, type Exercise } from './exercise-folder.js';
import { progressOf, readState, STATE_FILE, type CourseState } from './course-state.js';
import { LEARN } from './learn-command.js';

/** A learner's folder, with the exercises it was started with. */
export interface Course {
  readonly folder: string;
  readonly exercises: readonly Exercise[];
}

/** The learner's file of an exercise. */
export const EXERCISE_FILE = 'exercise.ts';

/**
 * The course that a folder lies in.
 *
 * @throws {UsageError} when it lies in none, or its state or its exercises cannot be read.
 */
export function findCourse(from: string): Course {
  const folder = courseFolder(from);
  if (folder !== undefined) return openCourse(folder);
  throw new UsageError(
    `there is no course in ${quoted(resolve(from))}; write: ${LEARN} start my-course, then go there with: cd my-course`,
  );
}

/** The folder of the course that a folder lies in, if it lies in one. */
export function courseFolder(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, STATE_FILE))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * The course in exactly this folder.
 *
 * @throws {UsageError} when its state or its exercises cannot be read.
 */
export function openCourse(folder: string): Course {
  const { from } = readState(folder);
  if (from === undefined) return { folder, exercises: readExercises(OWN_EXERCISES) };
  try {
    return { folder, exercises: readExercises(resolve(folder, from)) };
  } catch (error) {
    throw new UsageError(
      `${printable(messageOf(error))}; the exercises of this course come from there: put them back, or say under "from" in ${quoted(join(folder, STATE_FILE))} where they are`,
    );
  }
}

/**
 * The exercise that a word means: its number, its name or the begin of it, or a path to its folder or to a file in there.
 *
 * @throws {UsageError} when it means none, or several.
 */
export function findExercise({ folder, exercises }: Course, word: string): Exercise {
  const exact = exercises.filter(({ id, number }) => id === word || number === Number(word));
  const begins = ({ id }: Exercise): boolean => id.startsWith(word) || id.slice(3).startsWith(word);
  const [within] = existsSync(word) ? relative(folder, resolve(word)).split(sep) : [];
  const found =
    [exact, exercises.filter(begins), exercises.filter(({ id }) => id === within)].find(
      ({ length }) => length > 0,
    ) ?? [];
  const [exercise, ...more] = found;
  if (exercise !== undefined && more.length === 0) return exercise;
  const names = (found.length > 0 ? found : exercises).map(({ id }) => id).join(', ');
  throw new UsageError(
    `expected the number or the name of one exercise, got ${quoted(word)}; ${found.length > 0 ? 'it may be' : 'there are'}: ${names}`,
  );
}

/** The exercise that is worked at: the one last worked at, else the first that is not passed, else the last. */
export function currentExercise(course: Course, state: CourseState): Exercise {
  const { exercises } = course;
  const current =
    exercises.find(({ id }) => id === state.current) ??
    exercises.find((exercise) => !isPassed(course, exercise, state)) ??
    exercises.at(-1);
  if (current === undefined) throw new Error('a course has exercises');
  return current;
}

/** The folder of an exercise in the course. */
export function folderOf(course: Course, exercise: Exercise): string {
  return join(course.folder, exercise.id);
}

/** The learner's file of an exercise, whether or not it is there. */
export function fileOf(course: Course, exercise: Exercise): string {
  return join(folderOf(course, exercise), EXERCISE_FILE);
}

/**
 * The learner's file and what it was handed out with that is code, whether or not they are there; then what other code is beside
 * them, which they may import.
 */
export function codeOf(course: Course, exercise: Exercise): string[] {
  const folder = folderOf(course, exercise);
  const given = exercise.given.filter((name) => /\.(ts|mjs)$/.test(name));
  const names = [EXERCISE_FILE, ...given, ...codeIn(folder)];
  return [...new Set(names)].map((name) => join(folder, name));
}

// Neither a solution that was earned, nor a file that was kept at a reset, nor the hidden one of an editor (Emacs locks
// `exercise.ts` with a link `.#exercise.ts` that leads nowhere) is part of an attempt.
function codeIn(folder: string): string[] {
  return entriesOf(folder)
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .filter(
      (name) => /^[^.].*\.[cm]?[jt]s$/.test(name) && !KEPT.has(name) && !/\.kept-\d+\./.test(name),
    )
    .toSorted();
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Whether the learner's file, as it is now, has passed the check, as it is now. */
export function isPassed(course: Course, exercise: Exercise, state: CourseState): boolean {
  const { passed } = progressOf(state, exercise.id);
  return passed !== undefined && passed.files === fingerprintOf(course, exercise);
}

/** The fingerprint of an exercise that nobody has touched. */
export function handedOutFingerprint(exercise: Exercise): string | undefined {
  return fingerprintOf({ folder: dirname(exercise.folder), exercises: [exercise] }, exercise);
}

/** Changes whenever what a verdict depends on does; `undefined` when a file of the learner's cannot be read. */
export function fingerprintOf(course: Course, exercise: Exercise): string | undefined {
  const hash = createHash('sha256');
  try {
    for (const path of [...codeOf(course, exercise), ...exercise.checkFiles]) {
      const bytes = readFileSync(path);
      hash.update(`${bytes.length} `).update(bytes);
    }
  } catch {
    return undefined;
  }
  return hash.digest('hex').slice(0, 16);
}
