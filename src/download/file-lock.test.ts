import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeFileLock } from './file-lock.js';

let folder: string;
let path: string;
let beside: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-lock-'));
  path = join(folder, 'a.part.lock');
  beside = join(folder, 'a.part');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The number of a process that has ended. */
function goneProcess(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid;
}

describe('a lock on a file', () => {
  it('is there while it is held', async () => {
    const lock = await takeFileLock(path, beside);
    expect(lock.wasLeftBehind).toBe(false);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
    expect(existsSync(path)).toBe(false);
  });

  it('is refused to a second one, who is told whose it is', async () => {
    const lock = await takeFileLock(path, beside);
    await expect(takeFileLock(path, beside)).rejects.toMatchObject({
      code: 'LOCKED',
      message: `process ${process.pid} is downloading this file already`,
    });
    lock.release();
    (await takeFileLock(path, beside)).release();
  });

  it('beside others costs no new file, and says the same', async () => {
    const paths = ['a', 'b', 'c'].map((name) => join(folder, `${name}.part.lock`));
    const locks = await Promise.all(paths.map((other) => takeFileLock(other, beside)));
    const [first, ...others] = paths.map((other) => statSync(other).ino);
    expect(new Set(others)).toEqual(new Set([first]));
    // Those that are left do not need the one that is released.
    locks[0]?.release();
    expect(JSON.parse(readFileSync(paths[1] ?? '', 'utf8'))).toMatchObject({ pid: process.pid });
    await expect(takeFileLock(paths[1] ?? '', beside)).rejects.toMatchObject({ code: 'LOCKED' });
    for (const lock of locks) lock.release();
    expect(paths.some((other) => existsSync(other))).toBe(false);
  });

  it('of a process that is gone is taken over, and that is told', async () => {
    writeFileSync(path, JSON.stringify({ pid: goneProcess(), started: '' }));
    const lock = await takeFileLock(path, beside);
    expect(lock.wasLeftBehind).toBe(true);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
  });

  it('of a process that is gone is there until what is to be done before has been done', async () => {
    const left = JSON.stringify({ pid: goneProcess(), started: '' });
    writeFileSync(path, left);
    const seen: string[] = [];
    const look = (): void => void seen.push(readFileSync(path, 'utf8'));
    const lock = await takeFileLock(path, beside, look);
    expect(seen).toEqual([left]);
    lock.release();
  });

  it.runIf(process.platform === 'linux')(
    'of another process with the same number is taken over',
    async () => {
      writeFileSync(path, JSON.stringify({ pid: process.pid, started: '1' }));
      const lock = await takeFileLock(path, beside);
      expect(lock.wasLeftBehind).toBe(true);
      lock.release();
    },
  );

  it('of another machine counts until nothing has happened for ten minutes', async () => {
    writeFileSync(path, JSON.stringify({ pid: 1, host: 'elsewhere', started: '1' }));
    const before = Date.now() / 1000 - 601;
    const message = 'process 1 on elsewhere is downloading this file already';
    await expect(takeFileLock(path, beside)).rejects.toMatchObject({ message });
    utimesSync(path, before, before);
    writeFileSync(beside, 'bytes that came');
    await expect(takeFileLock(path, beside)).rejects.toMatchObject({ message });
    utimesSync(beside, before, before);
    const lock = await takeFileLock(path, beside);
    expect(lock.wasLeftBehind).toBe(true);
    lock.release();
  });

  it('that says nothing of use is taken over', async () => {
    for (const text of ['', 'x', '{"pid":-1}', '{"pid":"1"}', 'null']) {
      writeFileSync(path, text);
      const lock = await takeFileLock(path, beside);
      expect(lock.wasLeftBehind).toBe(true);
      lock.release();
    }
  });

  it('is not read through a symbolic link', async () => {
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, '');
    symlinkSync(elsewhere, path);
    await expect(takeFileLock(path, beside)).rejects.toMatchObject({ code: 'LOCKED' });
    expect(readFileSync(elsewhere, 'utf8')).toBe('');
  });

  it('is given to one of many who find it left behind', async () => {
    writeFileSync(path, JSON.stringify({ pid: goneProcess(), started: '' }));
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => takeFileLock(path, beside)),
    );
    const taken = tries.filter(({ status }) => status === 'fulfilled');
    expect(taken).toHaveLength(1);
  });
});
