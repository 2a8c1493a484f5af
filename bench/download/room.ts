import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settingsOf, totalBytes, type Plan } from './plan.js';
import { sourceBytes } from './sources.js';

/** Folders to work in. */
export interface Room {
  /** What is served; in memory where that has room, so that the disk does nothing but write. */
  readonly served: string;
  readonly lists: string;
  /** Where folders for the files that are downloaded are made. */
  readonly targets: string;
  /** A sentence for the document. */
  readonly description: string;
  remove(): Promise<void>;
}

const MEMORY = '/dev/shm';
// Compiled, this file lies in .cache/bench/download/. A folder for temporary files may well be in memory, and is no disk then.
const ON_DISK = fileURLToPath(new URL('../../download/', import.meta.url));
const PREFIX = 'lwasync-bench-';
// For what the file system keeps beside the bytes, and for everyone else.
const SPARE_BYTES = 500e6;

/** Makes the folders; `undefined` in place of them, with a sentence that says what is missing, where there is no space. */
export async function makeRoom(plan: Plan): Promise<Room | { readonly missing: string }> {
  await mkdir(ON_DISK, { recursive: true });
  const settings = settingsOf(plan);
  const toServe = sourceBytes(settings);
  const toWrite = Math.max(...settings.map(totalBytes));
  const inMemory = await hasMemory(toServe, toWrite);
  const needed = toWrite + (inMemory ? 0 : toServe) + SPARE_BYTES;
  const free = await freeBytes(ON_DISK);
  if (free < needed) {
    const missing = `the folder .cache/ needs ${gigabytes(needed)} of free space, and has ${gigabytes(free)}`;
    return { missing };
  }
  const lists = await mkdtemp(join(tmpdir(), PREFIX));
  const targets = await mkdtemp(join(ON_DISK, PREFIX));
  const served = await mkdtemp(join(inMemory ? MEMORY : ON_DISK, PREFIX));
  return {
    served,
    lists,
    targets,
    description:
      `nginx reads its ${gigabytes(toServe)} of files from ` +
      `${inMemory ? 'memory (tmpfs)' : 'the disk, where memory is short, or its cache'}; what is downloaded goes to ` +
      `${fileSystemOf(targets)} and is removed after each run.`,
    remove: async () => {
      for (const folder of [served, lists, targets]) {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

// What is served stays, and what is downloaded fills the page cache until it is on the disk.
async function hasMemory(toServe: number, toWrite: number): Promise<boolean> {
  if (freemem() < toServe + 2 * toWrite + SPARE_BYTES) return false;
  try {
    return (await freeBytes(MEMORY)) > toServe + SPARE_BYTES;
  } catch {
    return false;
  }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

// proc(5), mountinfo: the mount point is the fifth field, kind and device are the first two behind the dash.
function fileSystemOf(folder: string): string {
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  const mounts = lines.flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const [kind = '', device = ''] = after.split(' ');
    const point = before.split(' ')[4];
    return point === undefined ? [] : [{ point, words: `${kind} on ${device}` }];
  });
  for (let at = folder; ; at = dirname(at)) {
    // Of two on one point, the later one is seen.
    const mount = mounts.findLast(({ point }) => point === at);
    if (mount !== undefined) return mount.words;
    if (at === dirname(at)) return 'an unknown file system';
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
