import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readExercises } from './exercise-folder.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-exercises-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('gives the learner what is not the answer to the exercise, nor how it is checked', () => {
  const exercise = join(folder, '01-first');
  mkdirSync(join(exercise, 'right'), { recursive: true });
  mkdirSync(join(exercise, 'wrong'));
  const prediction = { question: 'Which?', choices: ['this', 'that'] };
  const metadata = { title: 'First', minutes: 5, prediction, hints: {} };
  writeFileSync(join(exercise, 'exercise.json'), JSON.stringify(metadata));
  for (const name of [
    'README.md',
    'exercise.ts',
    'helper.mjs',
    'solution.ts',
    'check.ts',
    'measure.ts',
  ]) {
    writeFileSync(join(exercise, name), '');
  }
  const [first] = readExercises(folder);
  expect(first?.given.toSorted()).toEqual(['README.md', 'exercise.ts', 'helper.mjs']);
});
