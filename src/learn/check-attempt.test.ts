import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { measureAttempt } from './check-attempt.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-check-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

it('a check can load another module, in a process of its own, beside the attempt', async () => {
  const file = write('exercise.ts', 'export const who = () => `attempt, ${process.pid}`;');
  const other = write('other.ts', 'export const who = () => `other, ${process.pid}`;');
  const check = write(
    'check.ts',
    `export const check = () => {};
    export async function measure({ attempt, startAttempt }) {
      const other = await startAttempt(${JSON.stringify(other)});
      const said = await Promise.all([attempt, other].map((each) => each.call('who', [])));
      return { text: said.map(({ value }) => value).join('; '), choice: undefined };
    }`,
  );
  const { text } = await measureAttempt(check, file, { seed: 1 });
  const [, mine, others] = /^attempt, (\d+); other, (\d+)$/.exec(text) ?? [];
  expect(mine).toBeDefined();
  expect(new Set([mine, others, String(process.pid)]).size).toBe(3);
});
