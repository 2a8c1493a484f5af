import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DownloadEvent, DownloadRun } from '../src/core/download.js';
import { downloadAll, downloadBatch } from '../src/download/download-all.js';
import type { DownloadItem, DownloadOptions } from '../src/download/download-options.js';
import {
  expectBytes,
  expectOnly,
  journaledBytes,
  TRANSPORTS,
  useFolders,
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
const SIZE = 100_000;

async function runOf(items: readonly DownloadItem[], options: DownloadOptions) {
  const events: DownloadEvent[] = [];
  for await (const event of downloadBatch(items, options, { random: () => 0 })) events.push(event);
  const last = events.at(-1);
  if (last?.kind !== 'ended') throw new Error('it did not end');
  return { run: last.run, events };
}

function codesOf(run: DownloadRun): (string | undefined)[] {
  return run.files.map(({ outcome, failure }) => (outcome === 'failed' ? failure?.code : outcome));
}

describe.each(TRANSPORTS)('with transport %s', (transport) => {
  async function served(plans: readonly Partial<ServedFile>[]): Promise<DownloadItem[]> {
    const items = plans.map(async (plan, index) => ({
      url: await server.serve(`${transport}-${index}`, { sizeBytes: SIZE, ...plan }),
    }));
    return Promise.all(items);
  }

  test('files that fail stop no other, and each tells why', async () => {
    const dir = folderOf();
    const items = await served([
      {},
      { always: { status: 404 } },
      { answers: [{ cutAfter: 5000 }] },
      { digest: 'wrong' },
      { always: { cutAfter: 0 } },
      { always: { gzip: true } },
      {},
      { always: { framing: 'close' } },
      { always: { status: 302, headers: { Location: '?again' } } },
      {},
    ]);
    const { run, events } = await runOf(items, { dir, transport, retries: 1, concurrency: 3 });
    expect(codesOf(run)).toEqual([
      'done',
      'STATUS',
      'done',
      'CHECKSUM',
      'CONNECTION',
      'ENCODED',
      'done',
      'NO_LENGTH',
      'REDIRECT',
      'done',
    ]);
    expect(run).toMatchObject({ interrupted: false, diskFull: undefined, retries: 3 });
    expect(events.filter(({ kind }) => kind === 'finished')).toHaveLength(items.length);
    const done = run.files.filter(({ outcome }) => outcome === 'done').map(({ name }) => name);
    for (const name of done) expectBytes(dir, name, contentOf(name, SIZE));
    expectOnly(dir, done);
  });

  test('a second run finds what is there, and fetches only what failed', async () => {
    const dir = folderOf();
    const items = await served([{}, { answers: [{ status: 404 }] }, {}]);
    expect(codesOf((await runOf(items, { dir, transport })).run)).toEqual([
      'done',
      'STATUS',
      'done',
    ]);
    const before = await server.requests();
    const { run } = await runOf(items, { dir, transport });
    expect(codesOf(run)).toEqual(['present', 'done', 'present']);
    const gets = (await server.requests())
      .slice(before.length)
      .filter((one) => one.method === 'GET');
    expect(gets.map(({ name }) => name)).toEqual([`${transport}-1`]);
  });

  test('a server that is dead for good is asked a bounded number of times by all files together', async () => {
    const dir = folderOf();
    const dead = Array.from({ length: 60 }, () => ({ always: { status: 503 } }));
    const before = await server.requests();
    const { run } = await runOf(await served(dead), { dir, transport, retries: 5 });
    expect(new Set(codesOf(run))).toEqual(new Set(['STATUS']));
    expect(run.retries).toBe(50);
    const gets = (await server.requests())
      .slice(before.length)
      .filter((one) => one.method === 'GET');
    expect(gets).toHaveLength(60 + 50);
    expectOnly(dir, []);
  });

  test('a limit of the rate holds for files that come in one piece each', async () => {
    const items = await served(Array.from({ length: 10 }, () => ({ sizeBytes: 10_000 })));
    const options = { dir: folderOf(), transport, concurrency: 1, bytesPerSecond: 200_000 };
    const { run } = await runOf(items, options);
    expect(codesOf(run)).toEqual(items.map(() => 'done'));
    // 90 kB before the last of them begins, of which 50 ms may be saved up.
    expect(run.files.at(-1)?.endMs).toBeGreaterThan(380);
  });

  test('under a rate so low that no timer lasts as long, nothing more comes than one piece', async () => {
    const [item] = await served([{ sizeBytes: 5_000_000 }]);
    const stop = new AbortController();
    const options = { dir: folderOf(), transport, bytesPerSecond: 1e-6, signal: stop.signal };
    let most = 0;
    let looks = 0;
    for await (const event of downloadAll(item === undefined ? [] : [item], options)) {
      if (event.kind !== 'progress') continue;
      most = Math.max(most, event.progress.receivedBytes);
      if (++looks === 4) stop.abort();
    }
    expect(most).toBeLessThan(1_000_000);
  });

  test('who stops reading the events stops the batch, and it can go on', async () => {
    const dir = folderOf();
    const names = [0, 1, 2].map((index) => `${transport}-${index}`);
    const items = await served(names.map(() => ({ answers: [{ holdAt: 40_000 }] })));
    for await (const event of downloadAll(items, { dir, transport })) {
      const some = event.kind === 'progress' ? event.progress.receivedBytes : 0;
      if (some === 3 * 40_000) break;
    }
    expect(readdirSync(dir).filter((name) => name.endsWith('.lock'))).toEqual([]);
    expect(names.map((name) => journaledBytes(dir, name))).toEqual([40_000, 40_000, 40_000]);
    const { run } = await runOf(items, { dir, transport });
    expect(run.files.map(({ resumedBytes }) => resumedBytes)).toEqual([40_000, 40_000, 40_000]);
    for (const name of names) expectBytes(dir, name, contentOf(name, SIZE));
    expectOnly(dir, names);
  });
});
