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

it('a watched server tells when so many calls have come', async () => {
  const file = write(
    'calls.ts',
    'export const ask = async (url, n) => { for (let i = 0; i < n; i += 1) await fetch(url); };',
  );
  const check = write(
    'check-calls.ts',
    `export const check = () => {};
    export async function measure({ attempt, startServer }) {
      const server = await startServer((call) => call.answer({}));
      const said = [];
      const told = [3, 1, 2].map((n) => server.untilCalls(n).then(() => said.push(n)));
      await attempt.call('ask', [server.url, 2]);
      await Promise.all([...told.slice(1), server.untilCalls(0)]);
      return { text: said.join(), choice: undefined };
    }`,
  );
  expect((await measureAttempt(check, file, { seed: 1 })).text).toBe('1,2');
});
