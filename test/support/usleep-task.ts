import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a task of which every call holds a thread of libuv's pool for 50 ms and computes nothing, and returns its file. */
export async function writeUsleep(folder: string): Promise<string> {
  const file = join(folder, 'pool.mjs');
  await writeFile(
    file,
    `import koffi from ${JSON.stringify(import.meta.resolve('koffi'))};
const usleep = koffi.load(null).func('int usleep(uint32_t)');
export const task = () => new Promise((done) => usleep.async(50_000, done));`,
  );
  return file;
}
