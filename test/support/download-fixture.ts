import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import type { DownloadedFile } from '../../src/core/download.js';
import type { Disk } from '../../src/download/disk.js';
import type { DownloadItem, DownloadOptions } from '../../src/download/download-options.js';
import { Downloader } from '../../src/download/downloader.js';
import { planFiles } from '../../src/download/file-names.js';
import { parseJournal } from '../../src/download/journal.js';

/** Both ways to make requests; every fault has to end well on either. */
export const TRANSPORTS = ['auto', 'library'] as const;

/** One of them. */
export type TransportName = (typeof TRANSPORTS)[number];

/** Gives each test of the file empty folders, which are removed after it. */
export function useFolders(): () => string {
  let folders: string[] = [];
  afterEach(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    folders = [];
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'lwasync-download-'));
    folders.push(folder);
    return folder;
  };
}

/** Downloads one file, without a pause before a retry and with short deadlines unless told otherwise. */
export async function downloadOne(
  item: DownloadItem,
  options: DownloadOptions,
  internals: { disk?: Disk } = {},
): Promise<DownloadedFile> {
  const [file] = planFiles([item]);
  if (file === undefined) throw new Error('nothing was planned');
  const downloader = await Downloader.open(
    { retries: 3, ...options },
    { random: () => 0, ...internals },
  );
  try {
    return await downloader.download(file);
  } finally {
    await downloader.close();
  }
}

/** Expects nothing in a folder but files of these names. */
export function expectOnly(folder: string, names: readonly string[]): void {
  expect(readdirSync(folder).toSorted(), 'what is in the folder').toEqual(names.toSorted());
}

/** Expects that a file has exactly these bytes, compared by their hash. */
export function expectBytes(folder: string, name: string, content: Uint8Array): void {
  const bytes = readFileSync(join(folder, name));
  expect(bytes.length, `the length of ${name}`).toBe(content.length);
  expect(sha256(bytes), `the hash of ${name}`).toBe(sha256(content));
}

/** Expects that nothing stands under the final name, that nobody holds the file, and that its sentence begins with its name. */
export function expectRefused(folder: string, name: string, file: DownloadedFile): void {
  expect(existsSync(join(folder, name)), `${name} is there`).toBe(false);
  expect(existsSync(join(folder, `${name}.part.lock`)), 'the lock is there').toBe(false);
  expect(file.failure?.message.startsWith(`${name}: `), file.failure?.message).toBe(true);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Resolves when the journal of a file in a folder, written after the call, says that this many bytes or more are on the disk. */
export async function noted(folder: string, name: string, bytes: number): Promise<void> {
  for await (const { filename } of watch(folder)) {
    if (filename === `${name}.part.json` && journaledBytes(folder, name) >= bytes) return;
  }
}

/** How many bytes of a file the journal in a folder says are on the disk; 0 without one. */
export function journaledBytes(folder: string, name: string): number {
  const path = join(folder, `${name}.part.json`);
  if (!existsSync(path)) return 0;
  const text = readFileSync(path, 'utf8');
  // An empty one says only that the part beside it is ours.
  if (text === '') return 0;
  const journal = parseJournal(text);
  if (journal === undefined) throw new Error(`${path} is no journal`);
  return journal.bytes;
}
