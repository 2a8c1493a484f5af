import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Attempt } from './attempt.js';
import { whatCame } from './what-came.js';

let folder: string;
let attempt: Attempt;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-came-'));
  const file = join(folder, 'exercise.ts');
  writeFileSync(
    file,
    `export const soon = () => new Promise((resolve) => setTimeout(resolve, 20));
    export const never = () => new Promise(() => {});
    export const holdNowAndThen = async () => {
      for (let time = 0; time < 6; time += 1) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    export const hold = () => { for (;;); };
    export const end = () => process.exit();`,
  );
  attempt = new Attempt(file, folder, 10_000);
  await attempt.load();
});
afterEach(() => {
  attempt.close();
  rmSync(folder, { recursive: true });
});

it('what is waited for is told from a thread that is held, one that is free, and one that is over', async () => {
  const afterCall = (name: string, beats?: number) =>
    whatCame(
      attempt,
      attempt.call(name, []).catch(() => new Promise(() => {})),
      beats,
    );
  expect(await afterCall('soon')).toBe('it');
  expect(await afterCall('never', 5)).toBe('nothing');
  expect(await afterCall('holdNowAndThen')).toBe('it');
  expect(await afterCall('hold')).toBe('held');
});

it('of an attempt that has ended nothing more comes', async () => {
  const gone = attempt.call('end', []).catch(() => new Promise(() => {}));
  expect(await whatCame(attempt, gone)).toBe('over');
  expect(await whatCame(attempt, gone)).toBe('over');
});
