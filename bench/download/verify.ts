import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Source } from './sources.js';

/**
 * Holds what is in a folder against what should be: exactly these files with these sizes and, where `wholly`, these bytes.
 * Resolves to what is wrong, or to `undefined`.
 */
export async function faultIn(
  folder: string,
  sources: readonly Source[],
  { wholly }: { readonly wholly: boolean },
): Promise<string | undefined> {
  const names = await readdir(folder);
  const expected = new Set(sources.map(({ name }) => name));
  const extra = names.find((name) => !expected.has(name));
  if (extra !== undefined) return `it left ${extra} behind`;
  if (names.length < expected.size) return `${names.length} of ${expected.size} files are there`;
  for (const { name, bytes, sha256 } of sources) {
    const path = join(folder, name);
    const { size } = await stat(path);
    if (size !== bytes) return `${name} has ${size} bytes instead of ${bytes}`;
    if (wholly && (await sha256Of(path)) !== sha256) return `${name} has other bytes`;
  }
  return undefined;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
