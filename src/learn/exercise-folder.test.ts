import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fingerprintOf } from './course.js';
import { readExercises } from './exercise-folder.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-exercise-folder-'));
  const metadata = { title: 'One', minutes: 1, prediction: { question: '?', choices: ['a', 'b'] } };
  write('exercises/01-one/exercise.json', JSON.stringify(metadata));
  for (const name of ['exercise.ts', 'solution.ts', 'check.ts', 'check/driver.ts', 'wrong/no.ts']) {
    write(`exercises/01-one/${name}`, '');
  }
  write('course/01-one/exercise.ts', '');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
}

it('keeps behind what a check is made of, and answers', () => {
  expect(readExercises(join(folder, 'exercises'))[0]?.given).toEqual(['exercise.ts']);
});

it('counts what the check imports among what a verdict depends on', () => {
  const exercises = readExercises(join(folder, 'exercises'));
  const fingerprints = ['one', 'two', 'two'].map((text) => {
    write('exercises/01-one/check/driver.ts', text);
    return exercises.map((each) =>
      fingerprintOf({ folder: join(folder, 'course'), exercises }, each),
    );
  });
  expect(fingerprints[0]).not.toEqual(fingerprints[1]);
  expect(fingerprints[1]).toEqual(fingerprints[2]);
  expect(fingerprints[0]?.[0]).toMatch(/^[0-9a-f]{16}$/);
});
