import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DownloadEvent, DownloadRun } from '../src/core/download.js';
import { REAL_DISK, type Disk } from '../src/download/disk.js';
import type { DownloadItem, DownloadOptions } from '../src/download/download-options.js';
import { downloadBatch } from '../src/download/download-all.js';
import {
  expectBytes,
  expectOnly,
  journaledBytes,
  TRANSPORTS,
  useFolders,
} from './support/download-fixture.js';
import {
  contentOf,
  startFileServer,
  type FileServer,
  type ServedFile,
} from './support/file-server.js';

let server: FileServer;
beforeAll(async () => {
  server = await startFileServer();
});
afterAll(() => server.close());

const folderOf = useFolders();
const SIZE = 400_000;
const NAMES = Array.from({ length: 10 }, (_, index) => `file-${index}`);

function serveAll(plan: Partial<ServedFile> = {}): Promise<DownloadItem[]> {
  const one = async (name: string): Promise<DownloadItem> => ({
    url: await server.serve(name, { sizeBytes: SIZE, ...plan }),
  });
  return Promise.all(NAMES.map(one));
}

async function downloaded(items: readonly DownloadItem[], options: DownloadOptions, disk?: Disk) {
  const events: DownloadEvent[] = [];
  const internals = disk === undefined ? {} : { disk };
  for await (const event of downloadBatch(items, options, internals)) events.push(event);
  const last = events.at(-1);
  if (last?.kind !== 'ended') throw new Error('it did not end');
  return { run: last.run, events };
}

/** A disk on which so many bytes more fit. Where it is full a write takes what fits and fails, as the system's does. */
function diskWith(room: number, freeBytes: Disk['freeBytes']): Disk {
  let left = room;
  return {
    ...REAL_DISK,
    freeBytes,
    write(fd, bytes, from, to, position) {
      // What is written over, or was freed by shortening the file, takes no room; nothing here does either.
      const fits = Math.min(left, to - from);
      left -= fits;
      REAL_DISK.write(fd, bytes, from, from + fits, position);
      if (fits === to - from) return;
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
        code: 'ENOSPC',
        errno: -28,
        syscall: 'write',
      });
    },
  };
}

/** Expects that a batch stopped because the disk was full, with no fault of a file and without trying again. */
function expectStopped(run: DownloadRun, events: readonly DownloadEvent[]): void {
  expect(run.diskFull).toMatch(
    /^nothing more can be written \(ENOSPC|^\d+ of the files need .* free/,
  );
  for (const { name, outcome, failure } of run.files) {
    expect(failure?.message).toBe(outcome === 'stopped' ? `${name}: ${run.diskFull}` : undefined);
  }
  expect(run.interrupted).toBe(false);
  expect(run.retries).toBe(0);
  expect(events.filter(({ kind }) => kind === 'retrying')).toEqual([]);
  const outcomes = new Set(run.files.map(({ outcome }) => outcome));
  expect(outcomes.has('failed')).toBe(false);
  expect(outcomes.has('stopped')).toBe(true);
}

/** Expects that every file goes on where it was, and is right in the end; returns the most that there was of one. */
async function expectGoesOn(dir: string, items: readonly DownloadItem[], options: DownloadOptions) {
  await serveAll();
  const left = new Map(NAMES.map((name) => [name, journaledBytes(dir, name)]));
  const before = (await server.requests()).length;
  const { run } = await downloaded(items, { dir, ...options });
  expect(run.diskFull).toBeUndefined();
  for (const { method, name, headers } of (await server.requests()).slice(before)) {
    if (method !== 'GET') continue;
    const bytes = left.get(name) ?? 0;
    expect(headers['range'], name).toBe(bytes === 0 ? undefined : `bytes=${bytes}-`);
  }
  for (const name of NAMES) expectBytes(dir, name, contentOf(name, SIZE));
  expectOnly(dir, NAMES);
  return Math.max(...left.values());
}

describe.each(TRANSPORTS)('with transport %s', (transport) => {
  test('a disk that gets full stops the batch, and with space again it goes on', async () => {
    const dir = folderOf();
    const items = await serveAll();
    const disk = diskWith(3.3 * SIZE, async () => undefined);
    const { run, events } = await downloaded(items, { dir, transport, concurrency: 4 }, disk);
    expectStopped(run, events);
    // Nobody was asked for a file that could not be written.
    expect(run.files.filter(({ outcome }) => outcome === 'waiting').length).toBeGreaterThan(0);
    expect(await expectGoesOn(dir, items, { transport })).toBeGreaterThan(0);
  });

  test('a batch that cannot fit is stopped before its bytes come', async () => {
    const dir = folderOf();
    const items = await serveAll();
    const disk = diskWith(Infinity, async () => 5 * SIZE);
    const { run, events } = await downloaded(items, { dir, transport }, disk);
    expectStopped(run, events);
    expect(run.diskFull).toMatch(/need .* free/);
    await expectGoesOn(dir, items, { transport });
  });

  test.runIf(canMount())('a file system that is really full does the same', () =>
    inSmallFolder('2m', async (dir) => {
      // Without lengths nothing is known before the disk says so; at the same pace all have got far then.
      const always = { framing: 'chunked' } as const;
      const answers = [{ ...always, bytesPerSecond: 2_000_000 }];
      const items = await serveAll({ answers, always });
      const { run, events } = await downloaded(items, { dir, transport });
      expectStopped(run, events);
      execFileSync('mount', ['-o', 'remount,size=16m', dir]);
      expect(await expectGoesOn(dir, items, { transport })).toBeGreaterThan(0);
    }),
  );

  test.runIf(canMount()).each([
    ["next to nothing is left, and is in nobody's way", 40_000, 0],
    ['there is room for the journal', 200_000, 1],
  ])('where that leaves no room for a journal, %s', (_, room, leastBytes) =>
    inSmallFolder('1m', async (dir) => {
      const others = join(dir, 'others');
      writeFileSync(others, Buffer.alloc(2 ** 20 - room));
      // Little by little, so that the disk is full to its last block.
      const always = { framing: 'chunked' } as const;
      const answers = [{ ...always, bytesPerSecond: 400_000 }];
      const items = await serveAll({ answers, always });
      const { run, events } = await downloaded(items, { dir, transport, concurrency: 1 });
      expectStopped(run, events);
      rmSync(others);
      execFileSync('mount', ['-o', 'remount,size=16m', dir]);
      const most = await expectGoesOn(dir, items, { transport });
      expect(most).toBeGreaterThanOrEqual(leastBytes);
    }),
  );

  test.runIf(canMount())('so does one that others have filled', () =>
    inSmallFolder('6m', async (dir) => {
      const others = join(dir, 'others');
      writeFileSync(others, Buffer.alloc(5_000_000));
      const items = await serveAll();
      const { run, events } = await downloaded(items, { dir, transport });
      expectStopped(run, events);
      expect(statSync(others).size).toBe(5_000_000);
      rmSync(others);
      await expectGoesOn(dir, items, { transport });
    }),
  );
});

/** Does `work` in a folder that is a file system of its own, of so many bytes. */
async function inSmallFolder(size: string, work: (dir: string) => Promise<void>): Promise<void> {
  const dir = folderOf();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', dir], { stdio: 'ignore' });
  try {
    await work(dir);
  } finally {
    execFileSync('umount', [dir]);
  }
}

/** Whether this process may mount a file system of its own. */
function canMount(): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'lwasync-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir], { stdio: 'ignore' });
    execFileSync('umount', [dir]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(dir);
  }
}
