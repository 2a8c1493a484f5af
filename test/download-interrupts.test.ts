import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DownloadedFile } from '../src/core/download.js';
import { downloadAll } from '../src/download/download-all.js';
import {
  expectBytes,
  expectOnly,
  journaledBytes,
  TRANSPORTS,
  useFolders,
} from './support/download-fixture.js';
import { contentOf, startFileServer, type FileServer } from './support/file-server.js';
import { seededRandom } from './support/seeded-random.js';

const SEED = Number(process.env['LWASYNC_SEED'] ?? 1);
const FILES = 8;

let server: FileServer;
beforeAll(async () => {
  server = await startFileServer();
});
afterAll(() => server.close());

const folderOf = useFolders();

/** Where each file goes on after an interruption; files that are there are left out. */
function leftIn(dir: string, files: readonly DownloadedFile[]): Map<string, number> {
  const missing = files.filter(({ outcome }) => outcome !== 'done' && outcome !== 'present');
  return new Map(missing.map(({ name }) => [name, journaledBytes(dir, name)]));
}

test.each(TRANSPORTS)(
  `interrupted at random moments (LWASYNC_SEED=${SEED}), it can always go on, and nothing is held (%s)`,
  async (transport) => {
    const { uniform } = seededRandom(1 + SEED);
    const dir = folderOf();
    const names = Array.from({ length: FILES }, (_, index) => `${transport}-${index}`);
    const sizes = names.map(() => 50_000 + Math.floor(uniform() * 300_000));
    const items = await Promise.all(
      names.map(async (name, index) => {
        const sizeBytes = sizes[index] ?? 0;
        return { url: await server.serve(name, { sizeBytes, bytesPerSecond: 1_000_000 }) };
      }),
    );
    let left = new Map<string, number>();
    let interruptions = 0;
    for (let isOver = false; !isOver;) {
      const stop = new AbortController();
      // Nothing is noted by time, so that what is left was noted at the interruption.
      const options = { dir, transport, signal: stop.signal, checkpointMs: 60_000 };
      const before = await server.requests();
      void server.after(Math.floor(uniform() * 500_000)).then(() => stop.abort());
      let files: readonly DownloadedFile[] = [];
      for await (const event of downloadAll(items, options)) {
        if (event.kind === 'ended') ({ files } = event.run);
        if (event.kind === 'ended') isOver = !event.run.interrupted;
      }
      if (!isOver) interruptions += 1;
      expect(readdirSync(dir).filter((name) => name.endsWith('.lock'))).toEqual([]);
      const outcomes = new Set(files.map(({ outcome }) => outcome));
      expect(outcomes.has('failed')).toBe(false);
      const requests = (await server.requests()).slice(before.length);
      for (const { name, headers } of requests) {
        const bytes = left.get(name) ?? 0;
        expect(headers['range'], name).toBe(bytes === 0 ? undefined : `bytes=${bytes}-`);
      }
      const leftBefore = left;
      left = leftIn(dir, files);
      // Every byte that came can be used; a file whose turn did not come is as it was.
      for (const { name, fetchedBytes, resumedBytes } of files) {
        const bytes = Math.max(resumedBytes + fetchedBytes, leftBefore.get(name) ?? 0);
        if (left.has(name)) expect(left.get(name), name).toBe(bytes);
      }
    }
    names.forEach((name, index) => expectBytes(dir, name, contentOf(name, sizes[index] ?? 0)));
    expectOnly(dir, names);
    expect(interruptions).toBeGreaterThan(1);
  },
);
