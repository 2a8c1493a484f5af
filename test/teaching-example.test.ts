import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkAttempt } from '../src/learn/check-attempt.js';

const PAGE = join(import.meta.dirname, '..', 'docs', 'teaching.md');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-teaching-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['together', 'await Promise.all([save(), save()]);', { passed: true }],
  [
    'one after another',
    'await save(); await save();',
    { passed: false, diagnosis: 'one-after-another' },
  ],
])('the check in docs/teaching.md judges two saves %s', async (_, body, expected) => {
  const [, example = ''] = /```ts\n(import .*?)```/s.exec(readFileSync(PAGE, 'utf8')) ?? [];
  const check = join(folder, 'check.ts');
  writeFileSync(check, `${example}\nexport const measure = () => undefined;\n`);
  const file = join(folder, 'exercise.ts');
  writeFileSync(file, `export async function saveBoth(save: () => Promise<void>) { ${body} }\n`);
  expect((await checkAttempt(check, file, { seed: 1 })).verdict).toMatchObject(expected);
});
