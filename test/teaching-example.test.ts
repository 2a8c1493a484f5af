import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkAttempt, measureAttempt } from '../src/learn/check-attempt.js';
import { readExercises } from '../src/learn/exercise-folder.js';

const PAGE = join(import.meta.dirname, '..', 'docs', 'teaching.md');
const TOGETHER = 'await Promise.all([save(), save()]);';

let folder: string;
let exercise: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-teaching-'));
  exercise = join(folder, '01-save-both');
  mkdirSync(exercise);
  const page = readFileSync(PAGE, 'utf8');
  const example = (kind: string): string =>
    new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? '';
  writeFileSync(join(exercise, 'exercise.json'), example('json'));
  writeFileSync(join(exercise, 'check.ts'), example('ts'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function answer(body: string): string {
  const file = join(exercise, 'exercise.ts');
  writeFileSync(file, `export async function saveBoth(save: () => Promise<void>) { ${body} }\n`);
  return file;
}

it.each([
  ['together', TOGETHER, { passed: true }],
  [
    'one after another',
    'await save(); await save();',
    { passed: false, diagnosis: 'one-after-another' },
  ],
])('the check in docs/teaching.md judges two saves %s', async (_, body, expected) => {
  const checked = await checkAttempt(join(exercise, 'check.ts'), answer(body), { seed: 1 });
  expect(checked.verdict).toMatchObject(expected);
});

it('the exercise in docs/teaching.md can be read, and measured', async () => {
  const [only] = readExercises(folder);
  expect(only?.hints).toHaveProperty('one-after-another');
  const measured = await measureAttempt(join(exercise, 'check.ts'), answer(TOGETHER), { seed: 1 });
  expect(only?.prediction.choices[measured.choice ?? -1]).toMatch(/^About/);
});
