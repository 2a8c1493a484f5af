import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from './support/fault-server.js';
import { expectSchema } from './support/expect-schema.js';
import { runCli, startCli } from './support/run-cli.js';

const SHORT = ['--max', '4', '--budget', '3s'];
let server: FaultServer;
let folder: string;
beforeAll(async () => {
  server = await startFaultServer();
  folder = await mkdtemp(join(tmpdir(), 'lwasync-'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describe('sweep', () => {
  it('shows the gain, a table and the answer', async () => {
    const { stdout, code } = await runCli(['sweep', 'sleep', '20ms', ...SHORT]);
    expect(stdout).toContain('gain against calls in flight: ● measured');
    expect(stdout).toMatch(/in flight +calls\/s +gain +ideal +of ideal +p50 +p99 +CPU +loop busy/);
    expect(stdout).toMatch(/No stop found up to \d in flight|The gain stops at/);
    expect(code).toBe(0);
  });

  it('--json prints one document, and -o writes it and Markdown', async () => {
    const words = ['sweep', `${server.url}/ok`, ...SHORT, '--prove', '--json'];
    const [json, markdown] = ['sweep.json', 'sweep.md'].map((name) => join(folder, name));
    const { stdout, stderr } = await runCli([...words, '-o', json ?? '']);
    const document: unknown = JSON.parse(stdout);
    await expectSchema('sweep.schema.json', document);
    await expectSchema('sweep.schema.json', JSON.parse(await readFile(json ?? '', 'utf8')));
    expect(stderr).toContain('wrote ');
    await runCli(['sweep', 'sleep', '5ms', '--max', '2', '-o', markdown ?? '']);
    expect(await readFile(markdown ?? '', 'utf8')).toMatch(
      /^# sleep 5ms, async, concurrency doubled\n/,
    );
  });

  it.each([
    ['/500', 'HTTP_STATUS'],
    ['/html', 'NOT_JSON'],
  ])('ends in exit code 3 and a sentence when every call to %s fails', async (path, kind) => {
    const { stdout, stderr, code } = await runCli(['sweep', server.url + path]);
    expect(code).toBe(3);
    // What takes long shows progress first.
    expect(stderr).toMatch(new RegExp(`(^|\n)lwasync: 10 of 10 calls failed, ${kind}: [^\n]+\n$`));
    expect(stderr.match(/^lwasync: /gm)).toHaveLength(1);
    expect(stdout).toBe('');
  });

  it('ends in exit code 3 and a sentence when nothing listens', async () => {
    const { stderr, code } = await runCli(['sweep', 'http://127.0.0.1:1/']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/(^|\n)lwasync: [^\n]+nothing listens[^\n]+\n$/);
  });

  it('reports what was measured so far on Ctrl-C', async () => {
    const seen = async (): Promise<unknown> =>
      Reflect.get(Object(await (await fetch(`${server.url}/seen`)).json()), 'calls');
    const before = await seen();
    const cli = startCli(['sweep', `${server.url}/ok`, '--json']);
    // The first calls are the warm-up of the first level.
    while ((await seen()) === before) await turn();
    cli.kill('SIGINT');
    const { stdout, code } = await cli.finished;
    expect(code).toBe(130);
    const document: unknown = JSON.parse(stdout);
    await expectSchema('sweep.schema.json', document);
    expect(document).toMatchObject({ interrupted: true });
  });

  it('measures a level that an expectation names, and ends as that is met or not', async () => {
    const words = ['sweep', 'sleep', '5ms', '--max', '4', '--budget', '10s', '--json'];
    // What decides here is which levels there are and how many calls, not how fast they were.
    const { stdout, stderr, code } = await runCli([...words, '--expect', 'async>=1000x@3']);
    expect(stderr).toContain('Expected async>=1000x@3: failed, it was ');
    expect(code).toBe(1);
    const levels: unknown = Reflect.get(Object(JSON.parse(stdout)), 'levels');
    const measured = (Array.isArray(levels) ? levels : []).map((level: unknown) => ({
      concurrency: Reflect.get(Object(level), 'concurrency') as number,
      rounds: Reflect.get(Object(level), 'rounds') as number,
    }));
    for (const named of [1, 3]) {
      const level = measured.find(({ concurrency }) => concurrency === named);
      expect(level?.rounds).toBeGreaterThanOrEqual(3);
    }
  });

  it.each([
    [['--expect', 'errors<50%', '--expect', 'rate>=0.01/s@2'], 0, 'rate>=0.01/s@2: met'],
    [['--expect', 'p99.9<1s@1'], 4, 'too few for p99.9'],
  ])('with %j ends in exit code %d', async (words, expected, part) => {
    const { stderr, code } = await runCli(['sweep', 'sleep', '20ms', ...SHORT, ...words]);
    expect(stderr).toContain(part);
    expect(code).toBe(expected);
  });

  it.each([
    [['--expect', 'async>=8x@20', '--max', '8'], '--max 20'],
    [['--expect', 'loop>=8x@4'], '--mode names another one'],
    [['--expect', 'fast'], "expected something like 'async>=8x'"],
    [['--mode', 'sync'], 'async, loop, threads'],
    [['--over', 'time'], 'concurrency, number'],
    [['-c', '4'], '--over number'],
    [['--max', '0'], '--max: expected a whole number'],
    [['-o', 'sweep.txt'], 'a file name that ends in .json'],
    [['sleep', '1ms'], 'expected one task, got 2'],
  ])('refuses %j with one sentence', async (words, part) => {
    const { stdout, stderr, code } = await runCli(['sweep', 'sleep', '1ms', ...words]);
    expect(code).toBe(2);
    expect(stderr).toContain(part);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect(stdout).toBe('');
  });
});
