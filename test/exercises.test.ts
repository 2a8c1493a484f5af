import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAttempt, type Verdict } from '../src/learn/exercise.js';

const COURSE = join(import.meta.dirname, '..', 'exercises');
const SEEDS = [1, 2, 3];

const exercises = readdirSync(COURSE).filter((name) => /^\d\d-/.test(name));

function filesIn(exercise: string, folder: string): string[] {
  const path = join(COURSE, exercise, folder);
  return existsSync(path) ? readdirSync(path).map((file) => join(path, file)) : [];
}

describe.each(exercises)('exercise %s', (exercise) => {
  const folder = join(COURSE, exercise);
  const judge = (file: string, seed: number): Promise<Verdict> =>
    checkAttempt(join(folder, 'check.ts'), file, seed);

  it('fails as it is handed out', async () => {
    expect(await judge(join(folder, 'exercise.ts'), 1)).toMatchObject({ passed: false });
  });

  it.each(SEEDS)('is passed by its solution, seed %d', async (seed) => {
    expect(await judge(join(folder, 'solution.ts'), seed)).toMatchObject({ passed: true });
  });

  it('has other right answers, which pass', async () => {
    const right = filesIn(exercise, 'right');
    expect(right.length).toBeGreaterThanOrEqual(2);
    for (const file of right)
      expect([file, await judge(file, 1)]).toMatchObject([file, { passed: true }]);
  });

  it('has wrong answers, each of which is told by its own name', async () => {
    const wrong = filesIn(exercise, 'wrong');
    expect(wrong.length).toBeGreaterThanOrEqual(3);
    for (const file of wrong) {
      const diagnosis = basename(file, '.ts');
      expect(await judge(file, 1)).toMatchObject({ passed: false, diagnosis });
    }
  });
});
