import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchFiles } from './learn-watch.js';

let folder: string;
let file: string;
let other: string;
let undo: (() => void)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-watch-'));
  [file, other] = [join(folder, 'file.ts'), join(folder, 'other.ts')];
  writeFileSync(file, 'as it was');
  undo = [];
});
afterEach(() => {
  for (const each of undo) each();
  rmSync(folder, { recursive: true });
});

/** Watches files, does something to them at once, and resolves when that was told. */
function told(files: () => readonly string[], change: () => void): Promise<void> {
  return new Promise((resolve) => {
    undo.push(watchFiles(files, resolve));
    change();
  });
}

it.each([
  ['is written', () => writeFileSync(file, 'anew')],
  ['is deleted', () => rmSync(file)],
  [
    'is replaced',
    () => {
      writeFileSync(other, 'as it was');
      renameSync(other, file);
    },
  ],
])('tells of a file that %s right after it began to watch', async (_, change) => {
  await expect(told(() => [file], change)).resolves.toBeUndefined();
});

it('tells of a file that is there again', async () => {
  rmSync(file);
  const there = told(
    () => [file],
    () => writeFileSync(file, 'as it was'),
  );
  await expect(there).resolves.toBeUndefined();
});

it('tells of another file that is one of them', async () => {
  const files = [file];
  const another = told(
    () => files,
    () => files.push(other),
  );
  await expect(another).resolves.toBeUndefined();
});

it('tells of nothing that was done before it began', async () => {
  let changes = 0;
  writeFileSync(file, 'before');
  undo.push(
    watchFiles(
      () => [file],
      () => (changes += 1),
    ),
  );
  // Whoever began to look later has looked later, too.
  await told(
    () => [other],
    () => writeFileSync(other, 'told'),
  );
  expect(changes).toBe(0);
});
