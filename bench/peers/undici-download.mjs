// Downloads every address of a list with undici, so many at a time, straight into files.
// Usage: undici-download.mjs LIST FOLDER CONCURRENCY
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Pool } from 'undici';

const [list, folder, concurrency] = process.argv.slice(2);
const urls = (await readFile(list, 'utf8'))
  .trim()
  .split('\n')
  .map((line) => new URL(line));
const pool = new Pool(urls[0].origin, { connections: Number(concurrency) });
const remaining = urls.values();

async function lane() {
  for (const { pathname: path } of remaining) {
    const { statusCode, body } = await pool.request({ path, method: 'GET' });
    if (statusCode !== 200) throw new Error(`error: status ${statusCode}`);
    await pipeline(body, createWriteStream(join(folder, basename(path))));
  }
}

await Promise.all(Array.from({ length: Number(concurrency) }, lane));
await pool.close();
