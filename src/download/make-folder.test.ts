import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { makeFolder } from './make-folder.js';

const root = mkdtempSync(join(tmpdir(), 'lwasync-make-folder-'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('makes the folders above, takes one that is there, and refuses a file', async () => {
  const deep = join(root, 'a', 'b', 'c');
  await makeFolder(deep);
  await makeFolder(deep);
  expect(statSync(deep).isDirectory()).toBe(true);
  writeFileSync(join(deep, 'file'), '');
  await expect(makeFolder(join(deep, 'file'))).rejects.toThrow('EEXIST');
  await expect(makeFolder(join(deep, 'file', 'x'))).rejects.toThrow('ENOTDIR');
});

it.runIf(process.platform === 'linux')(
  'ends where no folder can be made, as in /proc',
  async () => {
    await expect(makeFolder('/proc/no-such/folder')).rejects.toThrow('ENOENT');
  },
);
