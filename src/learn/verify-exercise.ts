import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { runConcurrently } from '../core/concurrency.js';
import { messageOf } from '../core/errors.js';
import { checkAttempt, measureAttempt } from './check-attempt.js';
import { EXERCISE_FILE } from './course.js';
import type { Exercise } from './exercise-folder.js';
import type { Verdict } from './verdict.js';

/** How an exercise is verified. */
export interface VerifyOptions {
  /** The solution has to pass with each. */
  readonly seeds: readonly number[];
  /** Attempts that run at once. */
  readonly concurrency: number;
  readonly signal?: AbortSignal;
}

/** Something that is expected of an exercise, and whether it was seen. */
interface Expectation {
  readonly what: string;
  /** What was seen instead; `undefined` where it is as expected. */
  readonly see: () => Promise<string | undefined>;
}

const BLANK = 'YOUR CODE HERE';
const LEAST_RIGHT = 2;
const LEAST_WRONG = 3;
// A screen.
const MOST_LINES = 40;

/**
 * Whether an exercise judges rightly: as handed out it fails with a hint, its solution passes with every seed and is measured, other
 * right answers pass, and each wrong answer is told by the diagnosis that its file is named by. Resolves to a sentence for
 * each thing that is not so.
 */
export async function verifyExercise(
  exercise: Exercise,
  options: VerifyOptions,
): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lwasync-verify-'));
  try {
    const expectations = await expectationsOf(exercise, folder, options);
    const found = await runConcurrently(expectations.length, options.concurrency, (index) =>
      complaintAbout(exercise, expectations[index], options.signal),
    );
    return found.filter((complaint) => complaint !== undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function complaintAbout(
  exercise: Exercise,
  expectation: Expectation | undefined,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const seen = await expectation?.see().catch((error: unknown) => {
    signal?.throwIfAborted();
    return messageOf(error);
  });
  return seen === undefined
    ? undefined
    : `${exercise.id}: expected ${expectation?.what}, got ${seen}`;
}

async function expectationsOf(
  exercise: Exercise,
  folder: string,
  { seeds, signal }: VerifyOptions,
): Promise<Expectation[]> {
  const check = join(exercise.folder, 'check.ts');
  const options = (seed: number) => ({ seed, ...(signal && { signal }) });
  const judge = async (name: string, seed: number): Promise<Verdict> => {
    const file = await handIn(exercise, name, folder);
    return (await checkAttempt(check, file, options(seed))).verdict;
  };
  const [firstSeed = 1] = seeds;
  const [right, wrong] = [await filesIn(exercise, 'right'), await filesIn(exercise, 'wrong')];
  const passes = (name: string, seed: number): Expectation => ({
    what: `${name} to pass with seed ${seed}`,
    see: async () => {
      const verdict = await judge(name, seed);
      return verdict.passed ? undefined : `${verdict.diagnosis}: ${verdict.message}`;
    },
  });
  return [
    {
      what: `${EXERCISE_FILE} as handed out to have a blank, to fail, and a hint for it`,
      see: async () => {
        const text = await readFile(join(exercise.folder, EXERCISE_FILE), 'utf8');
        if (!text.includes(BLANK)) return `no ${BLANK}`;
        return hintFault(exercise, await judge(EXERCISE_FILE, firstSeed));
      },
    },
    ...seeds.map((seed) => passes('solution.ts', seed)),
    {
      what: 'a measurement of the solution that is one of the choices, or none of them',
      see: async () => {
        const file = await handIn(exercise, 'solution.ts', folder);
        const { text, choice } = await measureAttempt(check, file, options(firstSeed));
        if (text === '') return 'no text';
        if (choice === undefined || exercise.prediction.choices[choice] !== undefined) return;
        return `choice ${choice}`;
      },
    },
    ...right.map((name) => passes(name, firstSeed)),
    ...wrong.map((name) => ({
      what: `${name} to fail with its own diagnosis and a hint for it`,
      see: async () => {
        const verdict = await judge(name, firstSeed);
        if (verdict.passed) return 'it passed';
        if (verdict.diagnosis === diagnosisOf(name)) return hintFault(exercise, verdict);
        return `${verdict.diagnosis}: ${verdict.message}`;
      },
    })),
    atLeast(LEAST_RIGHT, right, 'other right answers in right/'),
    atLeast(LEAST_WRONG, wrong, 'wrong answers in wrong/'),
    {
      what: `a README.md of at most ${MOST_LINES} lines, under the title of the exercise`,
      see: async () => {
        const lines = (await readFile(join(exercise.folder, 'README.md'), 'utf8')).split('\n');
        if (lines[0] !== `# ${exercise.title}`) return `the title ${JSON.stringify(lines[0])}`;
        return lines.length > MOST_LINES ? `${lines.length} lines` : undefined;
      },
    },
  ];
}

/** Several misconceptions may come to the same: `in-chunks.ts`, `in-chunks.of-ten.ts`. */
function diagnosisOf(name: string): string {
  const [diagnosis = ''] = basename(name).split('.');
  return diagnosis;
}

function hintFault(exercise: Exercise, verdict: Verdict): string | undefined {
  if (verdict.passed) return 'it passed';
  return exercise.hints[verdict.diagnosis] === undefined
    ? `${verdict.diagnosis} without a hint`
    : undefined;
}

function atLeast(least: number, names: readonly string[], what: string): Expectation {
  return {
    what: `${least} or more ${what}`,
    see: () => Promise.resolve(names.length < least ? `${names.length}` : undefined),
  };
}

/** Puts an answer where a learner has it: beside what is given, under the name of the exercise. */
async function handIn(exercise: Exercise, name: string, folder: string): Promise<string> {
  const course = await mkdtemp(join(folder, 'course-'));
  for (const given of exercise.given) {
    await cp(join(exercise.folder, given), join(course, given), { recursive: true });
  }
  const file = join(course, EXERCISE_FILE);
  await cp(join(exercise.folder, name), file);
  return file;
}

async function filesIn(exercise: Exercise, kind: 'right' | 'wrong'): Promise<string[]> {
  const names = await readdir(join(exercise.folder, kind)).catch(() => []);
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(kind, name));
}
