import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDownloadChild } from './support/download-child.js';
import {
  downloadOne,
  expectBytes,
  expectOnly,
  journaledBytes,
  noted,
  TRANSPORTS,
  useFolders,
  type TransportName,
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
const SIZE = 500_000;
const CUT = 400_000;
const NAME = 'file.bin';

/**
 * Downloads up to the moment at which bytes are noted in the journal, and is killed then, half way into the next journal;
 * returns what the journal says.
 */
async function killed(dir: string, transport: TransportName, served: Partial<ServedFile> = {}) {
  const url = await server.serve(NAME, {
    sizeBytes: SIZE,
    bytesPerSecond: 1_000_000,
    answers: [{ holdAt: CUT }],
    ...served,
  });
  const hasBytes = noted(dir, NAME, 1);
  const child = startDownloadChild([{ url }], { dir, transport, checkpointMs: 0.001 });
  await Promise.all([hasBytes, server.held(NAME)]);
  await child.kill();
  await server.release(NAME);
  writeFileSync(join(dir, `${NAME}.part.json.tmp`), '{"half":');
  expectOnly(
    dir,
    ['.part', '.part.json', '.part.json.tmp', '.part.lock'].map((ending) => NAME + ending),
  );
  return { url, bytes: journaledBytes(dir, NAME), seen: (await server.requests(NAME)).length };
}

async function rangesSince(seen: number): Promise<(string | undefined)[]> {
  return (await server.requests(NAME)).slice(seen).map(({ headers }) => headers['range']);
}

test.each(TRANSPORTS)(
  'killed and started again, it goes on from what the journal says (%s)',
  async (transport) => {
    const dir = folderOf();
    const { url, bytes, seen } = await killed(dir, transport);
    const file = await downloadOne({ url }, { dir, transport });
    expect(file).toMatchObject({ outcome: 'done', resumedBytes: bytes, restarts: [] });
    expect(file.fetchedBytes).toBe(SIZE - bytes);
    expect(await rangesSince(seen)).toEqual([`bytes=${bytes}-`]);
    expectBytes(dir, NAME, contentOf(NAME, SIZE));
    expectOnly(dir, [NAME]);
  },
);

test.each(TRANSPORTS)(
  'killed, changed and started again, it takes the new version (%s)',
  async (transport) => {
    const dir = folderOf();
    const changed = { answers: [{ holdAt: CUT }, { from: { version: 2 } }] };
    const { url, bytes, seen } = await killed(dir, transport, changed);
    const file = await downloadOne({ url }, { dir, transport });
    expect(file).toMatchObject({ outcome: 'done', fetchedBytes: SIZE });
    expect(file.restarts).toHaveLength(1);
    expect(await rangesSince(seen)).toEqual([`bytes=${bytes}-`]);
    expectBytes(dir, NAME, contentOf(NAME, SIZE, 2));
    expectOnly(dir, [NAME]);
  },
);

test('killed and started again without a validator, it fetches the whole', async () => {
  const dir = folderOf();
  const answers = [{ holdAt: CUT }, { from: { version: 2 } }];
  const { url, seen } = await killed(dir, 'auto', { validator: 'weak etag', answers });
  const file = await downloadOne({ url }, { dir });
  expect(file).toMatchObject({ outcome: 'done', resumedBytes: 0 });
  expect(await rangesSince(seen)).toEqual([undefined]);
  expectBytes(dir, NAME, contentOf(NAME, SIZE, 2));
  expectOnly(dir, [NAME]);
});

test('killed again and again, each process goes on where the one before was', async () => {
  const dir = folderOf();
  const holds = [100_000, 100_000, 100_000, 100_000].map((holdAt) => ({ holdAt }));
  let url = await server.serve(NAME, {
    sizeBytes: SIZE,
    bytesPerSecond: 1_000_000,
    answers: holds,
  });
  let before = 0;
  const seen = (await server.requests(NAME)).length;
  for (let round = 0; round < holds.length; round += 1) {
    const hasMore = noted(dir, NAME, before + 1);
    const child = startDownloadChild([{ url }], { dir, checkpointMs: 0.001 });
    await Promise.all([hasMore, server.held(NAME)]);
    await child.kill();
    await server.release(NAME);
    const bytes = journaledBytes(dir, NAME);
    const ranges = await rangesSince(seen);
    expect(ranges.at(-1)).toBe(before === 0 ? undefined : `bytes=${before}-`);
    before = bytes;
  }
  url = await server.serve(NAME, { sizeBytes: SIZE });
  const file = await downloadOne({ url }, { dir });
  expect(file).toMatchObject({ outcome: 'done', resumedBytes: before });
  expectBytes(dir, NAME, contentOf(NAME, SIZE));
});

test('two processes on one file: the second says so, the first ends right', async () => {
  const dir = folderOf();
  const url = await server.serve(NAME, { sizeBytes: SIZE, answers: [{ holdAt: CUT }] });
  const seen = (await server.requests(NAME)).length;
  const first = startDownloadChild([{ url }], { dir });
  await server.held(NAME);
  const second = await downloadOne({ url }, { dir });
  expect(second).toMatchObject({ outcome: 'failed', attempts: 0, failure: { code: 'LOCKED' } });
  expect(second.failure?.message).toContain(`${NAME}: process ${first.pid} is downloading`);
  await server.release(NAME);
  const run = await first.ended;
  expect(run?.files[0]).toMatchObject({ outcome: 'done', fetchedBytes: SIZE });
  expect(await rangesSince(seen)).toEqual([undefined]);
  expectBytes(dir, NAME, contentOf(NAME, SIZE));
  expectOnly(dir, [NAME]);
});

test('two batches of one process on one file: the same', async () => {
  const dir = folderOf();
  const url = await server.serve(NAME, { sizeBytes: SIZE, answers: [{ holdAt: CUT }] });
  const first = downloadOne({ url }, { dir });
  await server.held(NAME);
  const second = await downloadOne({ url }, { dir });
  expect(second).toMatchObject({ outcome: 'failed', failure: { code: 'LOCKED' } });
  await server.release(NAME);
  expect((await first).outcome).toBe('done');
  expectBytes(dir, NAME, contentOf(NAME, SIZE));
});
