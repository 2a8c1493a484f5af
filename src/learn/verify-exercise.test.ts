import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readExercises } from './exercise-folder.js';
import { verifyExercise } from './verify-exercise.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-verify-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const CHECK = `import { failed, passed } from 'lwasync/learn';
export async function check({ attempt }) {
  const { value } = await attempt.call('two', []);
  return value === 2 ? passed('it is 2') : failed('not-two', 'it is not 2');
}
export async function measure() {
  return { text: 'it was 2', choice: 7 };
}
`;

function writeExercise(answers: Readonly<Record<string, string>>, readme: string): void {
  const exercise = join(folder, '01-two');
  for (const kind of ['right', 'wrong']) mkdirSync(join(exercise, kind), { recursive: true });
  const prediction = { question: 'What is 1 + 1?', choices: ['2', '3'] };
  const metadata = { title: 'Two', minutes: 1, prediction, hints: {} };
  writeFileSync(join(exercise, 'exercise.json'), JSON.stringify(metadata));
  writeFileSync(join(exercise, 'README.md'), readme);
  writeFileSync(join(exercise, 'one.ts'), 'export const one = 1;\n');
  writeFileSync(join(exercise, 'check.ts'), CHECK);
  for (const [name, body] of Object.entries(answers)) {
    writeFileSync(join(exercise, name), `export async function two() { ${body} }\n`);
  }
}

it('says of an exercise what does not hold', async () => {
  const answers = {
    'exercise.ts': 'return 2; /* YOUR CODE HERE */',
    'solution.ts': 'return 3;',
    'right/one-and-one.ts': 'return 1 + 1;',
    'wrong/two.ts': 'return 2;',
    'wrong/three.ts': 'return 3;',
    'wrong/three.another.ts': 'return 3;',
    'wrong/not-two.ts': 'return 4;',
    'wrong/not-two.doubled.ts': 'return 4;',
  };
  writeExercise(answers, `# Two${'\n'.repeat(40)}`);
  const [exercise] = readExercises(folder);
  if (exercise === undefined) throw new Error('there is an exercise');
  expect(await verifyExercise(exercise, { seeds: [5], concurrency: 2 })).toEqual([
    '01-two: expected exercise.ts as handed out to have a blank, to fail, and a hint for it, got it passed',
    '01-two: expected solution.ts to pass with seed 5, got not-two: it is not 2',
    '01-two: expected a measurement of the solution that is one of the choices, or none of them, got choice 7',
    '01-two: expected wrong/not-two.doubled.ts to fail with its own diagnosis and a hint for it, got not-two without a hint',
    '01-two: expected wrong/not-two.ts to fail with its own diagnosis and a hint for it, got not-two without a hint',
    '01-two: expected wrong/three.another.ts to fail with its own diagnosis and a hint for it, got not-two: it is not 2',
    '01-two: expected wrong/three.ts to fail with its own diagnosis and a hint for it, got not-two: it is not 2',
    '01-two: expected wrong/two.ts to fail with its own diagnosis and a hint for it, got it passed',
    '01-two: expected 2 or more other right answers in right/, got 1',
    '01-two: expected a README.md of at most 40 lines, under the title of the exercise, got 41 lines',
  ]);
});

it('says of an exercise what it lacks, and hands its files in beside an answer', async () => {
  const right = "const { one } = await import('./one.ts'); return one + one;";
  const answers = {
    'exercise.ts': 'return 3;',
    'solution.ts': right,
    'right/again.ts': right,
    'right/two.ts': 'return 2;',
    'wrong/two.ts': 'return 2;',
    'wrong/not-two.ts': 'return 3;',
  };
  writeExercise(answers, '# Three\n');
  const [exercise] = readExercises(folder);
  if (exercise === undefined) throw new Error('there is an exercise');
  writeFileSync(join(folder, '01-two', 'check.ts'), CHECK.replace('it was 2', ''));
  expect(await verifyExercise(exercise, { seeds: [5], concurrency: 2 })).toEqual([
    '01-two: expected exercise.ts as handed out to have a blank, to fail, and a hint for it, got no YOUR CODE HERE',
    '01-two: expected a measurement of the solution that is one of the choices, or none of them, got no text',
    '01-two: expected wrong/not-two.ts to fail with its own diagnosis and a hint for it, got not-two without a hint',
    '01-two: expected wrong/two.ts to fail with its own diagnosis and a hint for it, got it passed',
    '01-two: expected 3 or more wrong answers in wrong/, got 2',
    '01-two: expected a README.md of at most 40 lines, under the title of the exercise, got the title "# Three"',
  ]);
});
