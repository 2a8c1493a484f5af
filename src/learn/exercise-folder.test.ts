import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readExercises } from './exercise-folder.js';

it('all files that a check is made of stay behind, and what else lies beside the exercise is given', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lwasync-folder-'));
  try {
    const exercise = join(folder, '01-two');
    mkdirSync(join(exercise, 'right'), { recursive: true });
    const prediction = { question: 'What is 1 + 1?', choices: ['2', '3'] };
    writeFileSync(
      join(exercise, 'exercise.json'),
      JSON.stringify({ title: 'Two', minutes: 1, prediction, hints: {} }),
    );
    const names = ['README.md', 'check-parts.ts', 'check.ts', 'checked.ts', 'exercise.ts'];
    for (const name of [...names, 'solution.ts']) writeFileSync(join(exercise, name), '');
    expect(readExercises(folder)).toMatchObject([
      { given: ['README.md', 'checked.ts', 'exercise.ts'], check: ['check-parts.ts', 'check.ts'] },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
