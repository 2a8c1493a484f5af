import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DownloadItem } from '../src/download/download-options.js';
import { startDownloadChild } from './support/download-child.js';
import {
  expectBytes,
  expectOnly,
  journaledBytes,
  TRANSPORTS,
  useFolders,
} from './support/download-fixture.js';
import { contentOf, startFileServer, type FileServer } from './support/file-server.js';
import { seededRandom } from './support/seeded-random.js';

const KILLS = Number(process.env['LWASYNC_KILLS'] ?? 20);
const SEED = Number(process.env['LWASYNC_SEED'] ?? 1);
const FILES = 20;
// What 20 files take is more than is sent before the latest kill, so that a batch is killed several times.
const MOST_BYTES_BEFORE_KILL = 2_000_000;

let server: FileServer;
beforeAll(async () => {
  server = await startFileServer();
});
afterAll(() => server.close());

const folderOf = useFolders();
const { uniform } = seededRandom(1 + SEED);

interface Batch {
  readonly dir: string;
  readonly items: readonly (DownloadItem & { readonly name: string; readonly sizeBytes: number })[];
}

/** Twenty files of different lengths, from a server that takes a while for each. */
async function newBatch(number: number): Promise<Batch> {
  const names = Array.from({ length: FILES }, (_, index) => `batch-${number}-file-${index}`);
  const items = names.map(async (name) => {
    const sizeBytes = 100_000 + Math.floor(uniform() * 500_000);
    const url = await server.serve(name, { sizeBytes, bytesPerSecond: 1_000_000 });
    return { name, url, sizeBytes };
  });
  return { dir: folderOf(), items: await Promise.all(items) };
}

/** What a run that was killed left: for each name where it is to go on, or that nothing is to be done any more. */
function leftBy({ dir, items }: Batch): Map<string, number | 'done'> {
  const left = items.map(({ name }): [string, number | 'done'] => [
    name,
    existsSync(join(dir, name)) ? 'done' : journaledBytes(dir, name),
  ]);
  return new Map(left);
}

/** Expects that a run asked for each file once, from where the run before was killed on, and for none that was there. */
async function expectGoesOn(run: number, left: ReadonlyMap<string, number | 'done'>) {
  // Of a file that is there the server is only asked what it is.
  const asked = (await server.requests()).filter(
    ({ method, headers }) => method === 'GET' && headers['x-run'] === `${run}`,
  );
  for (const [name, bytes] of left) {
    const seen = asked.filter((one) => one.name === name);
    const ranges = seen.map(({ headers }) => headers['range'] ?? 'bytes=0-');
    // It may have been killed before it came to a file.
    expect(ranges, `run ${run}, ${name}, ${bytes}`).toEqual(
      bytes === 'done' || seen.length === 0 ? [] : [`bytes=${bytes}-`],
    );
  }
}

test(
  `killed ${KILLS} times at random (LWASYNC_SEED=${SEED}), every file has its bytes in the end, and none that was noted comes twice`,
  { timeout: 30_000 + KILLS * 2000 },
  async () => {
    let kills = 0;
    let resumed = 0;
    let run = 0;
    for (let number = 1; kills < KILLS; number += 1) {
      const batch = await newBatch(number);
      const { dir, items } = batch;
      let left = new Map<string, number | 'done'>();
      for (let isOver = false; !isOver;) {
        run += 1;
        const transport = TRANSPORTS[run % 2] ?? 'auto';
        const options = { dir, transport, checkpointMs: 10, headers: { 'x-run': `${run}` } };
        const bytes = 1 + Math.floor(uniform() * MOST_BYTES_BEFORE_KILL);
        const sent = server.after(bytes);
        const child = startDownloadChild(items, options);
        const ended = child.ended.then(() => 'ended' as const);
        if (kills < KILLS && (await Promise.race([sent, ended])) !== 'ended') {
          await child.kill();
          kills += 1;
        }
        isOver = (await child.ended) !== undefined;
        await expectGoesOn(run, left);
        left = leftBy(batch);
        resumed += [...left.values()].filter((one) => one !== 'done' && one > 0).length;
      }
      for (const { name, sizeBytes } of items) expectBytes(dir, name, contentOf(name, sizeBytes));
      expectOnly(
        dir,
        items.map(({ name }) => name),
      );
    }
    // That the kills came at moments that tell something.
    expect(kills).toBe(KILLS);
    expect(resumed).toBeGreaterThan(KILLS);
  },
);
