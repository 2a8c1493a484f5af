import { createHash, randomFillSync } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Setting } from './plan.js';

/** A file that is there to be downloaded. */
export interface Source {
  readonly name: string;
  /** Below the folder that is served, with slashes. */
  readonly path: string;
  readonly bytes: number;
  /** In small hexadecimal letters. */
  readonly sha256: string;
}

const PIECE_BYTES = 1 << 20;

/** Bytes of all sources that these settings need: those of a size are shared. */
export function sourceBytes(settings: readonly Setting[]): number {
  return [...filesOfSize(settings)].reduce((sum, [bytes, files]) => sum + bytes * files, 0);
}

/**
 * Fills a folder with files of random bytes, no two alike, so that a wrong one is noticed, and hands back what tells those
 * of a setting.
 *
 * @throws the reason of `signal` when it fires.
 */
export async function makeSources(
  folder: string,
  settings: readonly Setting[],
  signal: AbortSignal,
): Promise<(setting: Setting) => readonly Source[]> {
  const made = new Map<number, Source[]>();
  for (const [bytes, files] of filesOfSize(settings)) {
    await mkdir(join(folder, String(bytes)));
    const sources: Source[] = [];
    for (let index = 1; index <= files; index += 1) {
      signal.throwIfAborted();
      const name = `${String(index).padStart(4, '0')}.bin`;
      const path = `${bytes}/${name}`;
      sources.push({ name, path, bytes, sha256: await fill(join(folder, path), bytes) });
    }
    made.set(bytes, sources);
  }
  return ({ bytes, files }) => (made.get(bytes) ?? []).slice(0, files);
}

function filesOfSize(settings: readonly Setting[]): Map<number, number> {
  const files = new Map<number, number>();
  for (const { bytes, files: number } of settings) {
    files.set(bytes, Math.max(files.get(bytes) ?? 0, number));
  }
  return files;
}

async function fill(path: string, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(Math.min(bytes, PIECE_BYTES));
  const file = await open(path, 'wx');
  try {
    for (let written = 0; written < bytes; written += piece.length) {
      const part = randomFillSync(piece).subarray(0, bytes - written);
      hash.update(part);
      await file.writeFile(part);
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
