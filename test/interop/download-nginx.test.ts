import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DownloadedFile } from '../../src/core/download.js';
import { downloadAll } from '../../src/download/download-all.js';
import type { DownloadOptions } from '../../src/download/download-options.js';
import { startNginx, type Nginx } from './support/nginx.js';

const FILE = 'numbers.json';
const CONTENT = Array.from({ length: 600_000 }, (_, line) => `${line % 97}\n`).join('');
const CHANGED = CONTENT.replaceAll('7', '8');

let nginx: Nginx;
let served = '';
let folder: string;

beforeAll(async () => {
  nginx = await startNginx({
    files: { [FILE]: CONTENT },
    http: 'gzip on; gzip_types *;',
    server: (root) => {
      served = root;
      return `location /slow/ { alias ${root}/; limit_rate 2m; }`;
    },
  });
});
afterAll(() => nginx.stop());

beforeEach(async () => {
  await writeFile(join(served, FILE), CONTENT);
  folder = await mkdtemp(join(tmpdir(), 'lwasync-interop-'));
  return () => rm(folder, { recursive: true });
});

async function download(options: DownloadOptions, stopAt = Infinity): Promise<DownloadedFile> {
  const stop = new AbortController();
  const items = [{ url: `http://127.0.0.1:${nginx.port}/slow/${FILE}` }];
  let file: DownloadedFile | undefined;
  for await (const event of downloadAll(items, { dir: folder, signal: stop.signal, ...options })) {
    if (event.kind === 'progress' && event.progress.receivedBytes >= stopAt) stop.abort();
    if (event.kind === 'finished') file = event.file;
  }
  return file ?? expect.fail('no file was finished');
}

describe.each(['auto', 'library'] as const)('a download from nginx (%s)', (transport) => {
  test('is whole and not compressed', async () => {
    expect(await download({ transport })).toMatchObject({ outcome: 'done', proof: 'length' });
    expect(await readFile(join(folder, FILE), 'utf8')).toBe(CONTENT);
  });

  test('that was stopped goes on where it was', async () => {
    expect(await download({ transport }, 200_000)).toMatchObject({ outcome: 'stopped' });
    const file = await download({ transport });
    expect(file).toMatchObject({ outcome: 'done', attempts: 1, restarts: [] });
    expect(file.resumedBytes).toBeGreaterThanOrEqual(200_000);
    expect(file.fetchedBytes).toBe(CONTENT.length - file.resumedBytes);
    expect(await readFile(join(folder, FILE), 'utf8')).toBe(CONTENT);
  });

  test('that was stopped begins again when the file has changed', async () => {
    await download({ transport }, 200_000);
    await writeFile(join(served, FILE), `${CHANGED}more`);
    const file = await download({ transport });
    expect(file).toMatchObject({ outcome: 'done', fetchedBytes: CHANGED.length + 4 });
    expect(file.restarts).toEqual(['the file has changed on the server']);
    expect(await readFile(join(folder, FILE), 'utf8')).toBe(`${CHANGED}more`);
  });

  test('that is there and whole is recognised by its length', async () => {
    await download({ transport });
    expect(await download({ transport })).toMatchObject({ outcome: 'present', proof: 'length' });
  });
});
