import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';

/** A question, where to look, and the name of the call; shown one by one. */
type Hints = readonly [question: string, whereToLook: string, call: string];

/** What is asked before the first run, and answered by a measurement after it. */
interface Prediction {
  readonly question: string;
  /** Two or more, of which one can be chosen. */
  readonly choices: readonly string[];
}

/** An exercise as it lies in its folder. */
export interface Exercise {
  /** The name of its folder, `03-all-at-once`. */
  readonly id: string;
  /** Its place in the course, from 1. */
  readonly number: number;
  readonly folder: string;
  readonly title: string;
  /** How long it takes, about. */
  readonly minutes: number;
  readonly prediction: Prediction;
  /** By diagnosis. */
  readonly hints: Readonly<Record<string, Hints>>;
  /** The names of the files that the learner is given. */
  readonly given: readonly string[];
  /** The files that the check is made of: `check.ts`, and the modules in `check/`. */
  readonly checkFiles: readonly string[];
}

/** The exercises that come with lwasync. */
export const OWN_EXERCISES: string = fileURLToPath(new URL('../../exercises', import.meta.url));

const METADATA = 'exercise.json';
const COMMON_HINTS = 'hints.json';
const CHECK_FILE = 'check.ts';
const CHECK_FOLDER = 'check';
/** What stays behind until it is earned, or for ever. */
export const KEPT: ReadonlySet<string> = new Set([
  'solution.ts',
  CHECK_FILE,
  CHECK_FOLDER,
  METADATA,
  'right',
  'wrong',
]);

/**
 * Reads all exercises of a folder, in the order of their numbers. Hints in `hints.json` beside them go for every exercise that has
 * none of its own.
 *
 * @throws {UsageError} when there are none, or one is not as it should be.
 */
export function readExercises(folder: string): Exercise[] {
  const names = namesIn(folder).filter((name) => /^\d\d-/.test(name));
  if (names.length === 0) {
    throw new UsageError(
      `${quoted(folder)} holds no exercises; expected folders named like 01-first, each with an ${METADATA}`,
    );
  }
  const common = existsSync(join(folder, COMMON_HINTS))
    ? hintsIn(readObject(join(folder, COMMON_HINTS)), join(folder, COMMON_HINTS))
    : {};
  return names.toSorted().map((name) => readExercise(join(folder, name), common));
}

function readExercise(folder: string, common: Exercise['hints']): Exercise {
  const path = join(folder, METADATA);
  const found = readObject(path);
  const { title, minutes, prediction, hints } = found;
  if (typeof title !== 'string' || title === '') throw wrong(path, 'title', 'a text');
  if (typeof minutes !== 'number' || !(minutes > 0))
    throw wrong(path, 'minutes', 'a number above 0');
  const id = basename(folder);
  return {
    id,
    number: Number(id.slice(0, 2)),
    folder,
    title,
    minutes,
    prediction: predictionIn(prediction, path),
    hints: { ...common, ...hintsIn(hints, path) },
    given: namesIn(folder).filter((name) => !KEPT.has(name)),
    checkFiles: [join(folder, CHECK_FILE), ...modulesIn(join(folder, CHECK_FOLDER))],
  };
}

function modulesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = namesIn(folder).filter((name) => /\.[cm]?[jt]s$/.test(name));
  return names.toSorted().map((name) => join(folder, name));
}

function predictionIn(value: unknown, path: string): Prediction {
  const question: unknown = Reflect.get(Object(value), 'question');
  const choices: unknown = Reflect.get(Object(value), 'choices');
  if (typeof question !== 'string') throw wrong(path, 'prediction.question', 'a text');
  if (!isTexts(choices) || choices.length < 2) {
    throw wrong(path, 'prediction.choices', 'two or more texts');
  }
  return { question, choices };
}

function hintsIn(value: unknown, path: string): Record<string, Hints> {
  return Object.fromEntries(
    Object.entries(Object(value)).map(([diagnosis, hints]): [string, Hints] => {
      if (!isTexts(hints)) throw wrong(path, diagnosis, 'three texts');
      const [question, whereToLook, call, ...more] = hints;
      if (
        question === undefined ||
        whereToLook === undefined ||
        call === undefined ||
        more.length > 0
      ) {
        throw wrong(path, diagnosis, 'three texts');
      }
      return [diagnosis, [question, whereToLook, call]];
    }),
  );
}

function readObject(path: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new UsageError(`${quoted(path)} could not be read as JSON (${messageOf(error)})`);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new UsageError(`${quoted(folder)} could not be read as a folder (${messageOf(error)})`);
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function wrong(path: string, what: string, expected: string): UsageError {
  return new UsageError(`${quoted(path)}: expected ${expected} under ${quoted(what)}`);
}
