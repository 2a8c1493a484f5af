import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAttempt, measureAttempt } from '../src/learn/check-attempt.js';
import { OWN_EXERCISES, readExercises, type Exercise } from '../src/learn/exercise-folder.js';
import type { Verdict } from '../src/learn/verdict.js';

const SEEDS = [1, 2, 3];
// At most a screen.
const MOST_LINES = 40;

describe.each(readExercises(OWN_EXERCISES))('exercise $id', (exercise) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lwasync-exercise-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const check = join(exercise.folder, 'check.ts');

  /** The file where a learner has it: beside what is given, under the name of the exercise. */
  function handIn(file: string): string {
    const course = mkdtempSync(join(folder, 'course-'));
    for (const name of exercise.given) {
      cpSync(join(exercise.folder, name), join(course, name), { recursive: true });
    }
    cpSync(file, join(course, 'exercise.ts'));
    return join(course, 'exercise.ts');
  }
  const judge = async (file: string, seed: number): Promise<Verdict> =>
    (await checkAttempt(check, handIn(file), { seed })).verdict;

  it('fails as it is handed out, with a hint that fits', async () => {
    const verdict = await judge(join(exercise.folder, 'exercise.ts'), 1);
    expect(verdict).toMatchObject({ passed: false });
    expect(verdict.passed || exercise.hints[verdict.diagnosis]).toHaveLength(3);
    expect(readFileSync(join(exercise.folder, 'exercise.ts'), 'utf8')).toContain('YOUR CODE HERE');
  });

  it.each(SEEDS)('is passed by its solution, seed %d', async (seed) => {
    expect(await judge(join(exercise.folder, 'solution.ts'), seed)).toMatchObject({ passed: true });
  });

  it('measures its solution, beside the choices of its prediction', async () => {
    const file = handIn(join(exercise.folder, 'solution.ts'));
    const { text, choice } = await measureAttempt(check, file, { seed: 1 });
    expect(text).not.toBe('');
    expect(choice === undefined || exercise.prediction.choices[choice] !== undefined).toBe(true);
  });

  const [right, wrong] = [filesIn(exercise, 'right'), filesIn(exercise, 'wrong')];

  it('has other right answers, and wrong ones', () => {
    expect(right.length).toBeGreaterThanOrEqual(2);
    expect(wrong.length).toBeGreaterThanOrEqual(3);
  });

  it.each(right)('is passed by right/%s', async (file) => {
    expect(await judge(join(exercise.folder, 'right', file), 1)).toMatchObject({ passed: true });
  });

  it.each(wrong)('tells wrong/%s by its name, and has a hint', async (file) => {
    // Several may have one diagnosis: what sets them apart stands after it.
    const [diagnosis = ''] = file.split('.');
    const verdict = await judge(join(exercise.folder, 'wrong', file), 1);
    expect(verdict).toMatchObject({ passed: false, diagnosis });
    expect(exercise.hints).toHaveProperty(diagnosis);
  });

  it('is told on one screen', () => {
    const readme = readFileSync(join(exercise.folder, 'README.md'), 'utf8');
    expect(readme.split('\n').length).toBeLessThanOrEqual(MOST_LINES);
    expect(readme).toContain(`# ${exercise.title}\n`);
  });
});

function filesIn(exercise: Exercise, kind: 'right' | 'wrong'): string[] {
  const path = join(exercise.folder, kind);
  return existsSync(path) ? readdirSync(path) : [];
}
