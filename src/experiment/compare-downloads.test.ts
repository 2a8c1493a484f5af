import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../core/run.js';
import type { DownloadItem, DownloadOptions } from '../download/download-options.js';
import { startPracticeServer, type PracticeServer } from '../server/index.js';
import { judge } from '../statistics/verdict.js';
import { PATIENCE_MS } from '../tasks/bridged-downloads.js';
import { openTask } from '../tasks/open-task.js';
import { keepCopies } from '../tasks/download-copies.js';
import { downloadTask, type DownloadTaskSpec } from '../tasks/download-task.js';
import { describeTask, whyNot } from '../tasks/task-spec.js';
import { compare } from './compare.js';
import type { CompareOptions } from './compare-options.js';
import type { Progress } from './measure-modes.js';

const SIZE = 20_000;

let server: PracticeServer;
let slow: PracticeServer;
let folder: string;
beforeAll(async () => {
  server = await startPracticeServer({ port: 0, latencyMs: 20, fileSize: SIZE });
  slow = await startPracticeServer({ port: 0, latencyMs: 50, fileSize: SIZE });
});
afterAll(async () => {
  await server.close();
  await slow.close();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function items(number: number, { url }: PracticeServer = server): DownloadItem[] {
  return Array.from({ length: number }, (_, index) => ({
    url: `${url}/files/${index + 1}`,
    name: `${index + 1}.bin`,
  }));
}

function task(files: readonly DownloadItem[], options: DownloadOptions = {}): DownloadTaskSpec {
  return downloadTask(files, { dir: folder, ...options });
}

function compared(spec: DownloadTaskSpec, over: Partial<CompareOptions> = {}): Promise<Run> {
  return compare({ task: spec, rounds: 1, ...over });
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function served(number: number): Promise<string> {
  const answer = await fetch(`${server.url}/files/${number}`);
  return sha256(new Uint8Array(await answer.arrayBuffer()));
}

const written = (name: string): string => sha256(readFileSync(join(folder, name)));

describe('files that are downloaded in several ways', () => {
  it.each(['sync', 'sequential', 'async'] as const)('are the same bytes in %s', async (mode) => {
    const spec = task(items(3));
    const run = await compared(spec, { modes: [mode] });
    const [round] = run.measured.modes[0]?.rounds ?? [];
    expect(round?.calls.tally()).toEqual({ begun: 3, ok: 3, failed: 0 });
    expect(round?.resources.bytes).toBe(3 * SIZE);
    expect(round?.calls.moments(2)?.firstByteMs).toBeGreaterThanOrEqual(19);
    expect(await keepCopies(spec)).toEqual({
      kept: ['1.bin', '2.bin', '3.bin'],
      present: [],
      faults: [],
    });
    for (const number of [1, 2, 3]) expect(written(`${number}.bin`)).toBe(await served(number));
    expect(readdirSync(folder).toSorted()).toEqual(['1.bin', '2.bin', '3.bin']);
  });

  it('are fetched once a round and way, and no way is warmed up at the expense of others', async () => {
    const run = await compared(task(items(4)), { rounds: 2 });
    expect(run.measured.number).toBe(4);
    expect(
      run.measured.modes.map(({ name, warmup, rounds }) => [name, warmup.length, rounds.length]),
    ).toEqual([
      ['sync', 0, 2],
      ['async', 0, 2],
    ]);
    for (const { rounds } of run.measured.modes) {
      for (const { calls } of rounds) expect(calls.tally().ok).toBe(4);
    }
    expect(run.overhead.blockingBridgeMs).toBeGreaterThan(0);
  });

  it('come sooner together than one after another', async () => {
    const run = await compared(task(items(10, slow)));
    const [pair] = judge(run)?.pairs ?? [];
    expect(pair).toMatchObject({ name: 'async', ideal: 10 });
    expect(pair?.estimate?.ratio).toBeGreaterThan(3);
  });

  it('keep to the limits in all and for each host', async () => {
    const both = task([...items(4), { url: `${slow.url}/files/1` }], {
      concurrency: 7,
      perHost: 3,
    });
    expect(both.mostInFlight).toBe(6);
    const run = await compared(task(items(6), { perHost: 2 }), { modes: ['async'] });
    expect(run.measured.modes).toMatchObject([{ concurrency: 2 }]);
  });
});

it('a file that takes longer than a blocked thread waits at a time comes whole', async () => {
  const limited = await startPracticeServer({
    port: 0,
    latencyMs: 0,
    fileSize: SIZE,
    bandwidth: Math.floor(SIZE / ((PATIENCE_MS / 1000) * 2.2)),
  });
  const spec = task(items(1, limited));
  const run = await compared(spec, { modes: ['sync'] });
  const [round] = run.measured.modes[0]?.rounds ?? [];
  expect(round?.calls.tally()).toMatchObject({ ok: 1 });
  expect(round?.wallMs).toBeGreaterThan(2 * PATIENCE_MS);
  await keepCopies(spec);
  expect(written('1.bin')).toBe(await served(1));
  await limited.close();
});

it('a call does not go on from what a failed one left', async () => {
  const ranges: (string | undefined)[] = [];
  const cutting = createServer(({ headers }, response) => {
    ranges.push(headers.range);
    response.writeHead(200, { 'content-length': SIZE, etag: '"1"' });
    if (ranges.length > 1) response.end(Buffer.alloc(SIZE));
    else response.write(Buffer.alloc(SIZE / 2), () => response.destroy());
  });
  await once(cutting.listen(0, '127.0.0.1'), 'listening');
  const { port } = cutting.address() as AddressInfo;
  const spec = task([{ url: `http://127.0.0.1:${port}/`, name: 'cut.bin' }], { retries: 0 });
  const downloads = await openTask(spec);
  await expect(downloads.call(0)).rejects.toMatchObject({ code: 'NETWORK' });
  expect(await downloads.call(0)).toMatchObject({ bytes: SIZE });
  expect(ranges).toEqual([undefined, undefined]);
  downloads.close();
  cutting.close();
});

describe('what was there before', () => {
  it('stays as it is, a file as well as a link that leads nowhere', async () => {
    writeFileSync(join(folder, '1.bin'), 'mine');
    symlinkSync('nowhere', join(folder, '2.bin'));
    const spec = task(items(3));
    await compared(spec, { modes: ['async'] });
    expect(await keepCopies(spec)).toEqual({
      kept: ['3.bin'],
      present: ['1.bin', '2.bin'],
      faults: [],
    });
    expect(readFileSync(join(folder, '1.bin'), 'utf8')).toBe('mine');
    expect(readdirSync(folder).toSorted()).toEqual(['1.bin', '2.bin', '3.bin']);
  });

  it('is replaced where that was asked for', async () => {
    writeFileSync(join(folder, '1.bin'), 'mine');
    const spec = task(items(1), { overwrite: true });
    await compared(spec, { modes: ['sync'] });
    expect(await keepCopies(spec)).toMatchObject({ kept: ['1.bin'], present: [] });
    expect(written('1.bin')).toBe(await served(1));
  });
});

it.each(['sync', 'async'] as const)(
  'a file that fails in %s is a sentence, the others come, and nothing is left of it',
  async (mode) => {
    const wrong = { algorithm: 'sha256', hex: '0'.repeat(64) } as const;
    const [first, second] = items(2);
    const spec = task(
      [
        { url: `${server.url}/files/999`, name: 'none.bin' },
        { url: String(first?.url), name: 'wrong.bin', checksum: wrong },
        { url: String(second?.url), name: 'good.bin' },
      ],
      { retries: 0 },
    );
    const run = await compared(spec, { modes: [mode] });
    const [round] = run.measured.modes[0]?.rounds ?? [];
    expect(round?.calls.tally()).toMatchObject({ ok: 1, failed: 2 });
    expect(round?.failures).toMatchObject([
      { code: 'HTTP_STATUS', example: expect.stringMatching(/^none\.bin: .*404/) },
      { code: 'WRONG_CHECKSUM', example: expect.stringMatching(/^wrong\.bin: /) },
    ]);
    expect(await keepCopies(spec)).toMatchObject({ kept: ['good.bin'] });
    expect(readdirSync(folder)).toEqual(['good.bin']);
  },
);

it.each(['sync', 'async'] as const)(
  'a comparison that is ended in %s keeps what was complete and nothing else',
  async (mode) => {
    const limited = await startPracticeServer({
      port: 0,
      latencyMs: 0,
      bandwidth: 10_000,
      fileSize: SIZE,
    });
    const [quick] = items(1);
    const spec = task([
      { url: String(quick?.url), name: 'quick.bin' },
      ...items(2, limited).slice(1),
    ]);
    const controller = new AbortController();
    const listener = ({ tally }: Progress): void => {
      const watch = setInterval(() => {
        const { begun, ok } = tally();
        if (begun < 2 || ok < 1) return;
        clearInterval(watch);
        controller.abort();
      }, 1);
    };
    const control = { listener, signal: controller.signal };
    const run = await compare({ task: spec, modes: [mode], rounds: 1 }, control);
    expect(run.interrupted).toBe(true);
    await keepCopies(spec);
    expect(readdirSync(folder)).toEqual(['quick.bin']);
    expect(written('quick.bin')).toBe(await served(1));
    await limited.close(0);
  },
);

it('nothing is written before the first download, and keeping nothing is no fault', async () => {
  const spec = task(items(1));
  expect(await keepCopies(spec)).toEqual({ kept: [], present: [], faults: [] });
  expect(readdirSync(folder)).toEqual([]);
});

it('is described by its files and hosts, without what is secret', () => {
  const { host } = new URL(server.url);
  expect(describeTask(task(items(20)))).toEqual({
    kind: 'download',
    text: `download 20 files from ${host}`,
  });
  const url = `http://me:secret@${host}/files/1`;
  const one = task([{ url, name: 'a' }]);
  expect(describeTask(one).text).toBe(`download 1 file from ${host}`);
  const many = ['a', 'b', 'c', 'd'].map((name) => ({ url: `http://${name}.example/`, name }));
  expect(describeTask(task(many)).text).toBe('download 4 files from 4 hosts');
});

it('says why it is not done on a pool of threads or on our own loop', async () => {
  const spec = task(items(1));
  expect(await whyNot(spec, 'threads')).toContain('downloaded by one thread');
  expect(await whyNot(spec, 'loop')).toContain('not download');
  expect(await whyNot(spec, 'sync')).toBeUndefined();
});
