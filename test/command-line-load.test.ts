import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOneCall } from '../src/clients/asynchronous.js';
import { expectSchema } from './support/expect-schema.js';
import { expectWellFormed } from './support/expect-well-formed.js';
import { startFaultServer, type FaultServer } from './support/fault-server.js';
import { runCli, startCli } from './support/run-cli.js';

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

const KEEP = ['-w', 'none'];
const DEAD = 'http://127.0.0.1:1/';

describe('calls for so long', () => {
  it.each([
    ['sync', 'synchronous', 1],
    ['async', 'asynchronous', 4],
  ])('%s says how many were made, how many a second, and their latency', async (mode, word, c) => {
    const limit = mode === 'async' ? ['-c', '4'] : [];
    const words = [mode, `${server.url}/ok`, '-d', '200ms', ...limit, ...KEEP];
    const { code, stdout, stderr } = await runCli(words);
    expect(stdout).toMatch(new RegExp(`^[\\d,]+ ${word} calls in \\d+ ms: [\\d.,]+ calls/s\n`));
    expect(stdout).toContain(`latency (closed loop, c=${c})`);
    expect(stdout).toMatch(/^p50 .*\np75 .*\np90 .*\np99 .*\np99\.9 .*\nmax /m);
    expect(stdout).toMatch(/Our own cost a call: [\d.]+ [nµ]s for recording/);
    expect(stderr).not.toContain('failed');
    expect(code).toBe(0);
  });

  it('-z means the same as -d', async () => {
    const { code, stdout } = await runCli(['async', `${server.url}/ok`, '-z', '100ms']);
    expect(stdout).toContain('calls/s');
    expect(code).toBe(0);
  });

  it('--json prints one document in the published form', async () => {
    const words = ['async', `${server.url}/ok`, '-d', '200ms', '-c', '3', ...KEEP, '--json'];
    const { code, stdout } = await runCli(words);
    const document = JSON.parse(stdout) as {
      seconds: number;
      throughput: number;
      calls: { ok: number };
    };
    await expectSchema('load.schema.json', document);
    expect(document).toMatchObject({ loop: 'closed', concurrency: 3, warmup: null });
    expect(document.throughput).toBeCloseTo(document.calls.ok / document.seconds, 3);
    expect(code).toBe(0);
  });

  it('-o may be given again, and writes each file by its ending', async () => {
    const names = ['load.html', 'load.json', 'load.md', 'load.svg'];
    const outputs = names.flatMap((name) => ['-o', join(folder, name)]);
    const { code, stderr } = await runCli(['async', `${server.url}/ok`, '-d', '100ms', ...outputs]);
    for (const name of names) expect(stderr).toContain(`wrote ${join(folder, name)}`);
    expect(code).toBe(0);
    expect((await readdir(folder)).toSorted()).toEqual(names);
    await expectSchema(
      'load.schema.json',
      JSON.parse(await readFile(join(folder, 'load.json'), 'utf8')),
    );
    expect(await readFile(join(folder, 'load.md'), 'utf8')).toMatch(
      /^# GET .* closed loop, c=50\n/,
    );
    expect(await readFile(join(folder, 'load.html'), 'utf8')).toContain('calls/s.</p>');
    expectWellFormed(await readFile(join(folder, 'load.svg'), 'utf8'));
  });
});

describe('calls at a rate', () => {
  it.each(['node', 'loop'])('-n makes exactly so many, on %s', async (on) => {
    const before = await callsSeen();
    const words = ['async', `${server.url}/ok`, '-n', '40', '--rate', '400', '--on', on, ...KEEP];
    const { code, stdout } = await runCli(words);
    expect((await callsSeen()) - before).toBe(40);
    expect(stdout).toMatch(/^40 asynchronous calls /);
    expect(stdout).toContain('calls/s of 400 asked for');
    expect(stdout).toContain('corrected: from the intended start');
    expect(stdout).toContain('uncorrected: from the actual start');
    expect(stdout).toContain('Our own lateness');
    expect(code).toBe(0);
  });
});

describe('calls that fail', () => {
  it.each([
    ['sync', ['-d', '10s']],
    ['async', ['-d', '10s']],
    ['async', ['-d', '10s', '--rate', '100']],
    ['async', ['-d', '10s', '--on', 'loop']],
  ])(
    '%s %j: a dead port is told in one sentence, long before the time is over',
    async (mode, rest) => {
      const { code, stdout, stderr } = await runCli([mode, DEAD, ...rest]);
      expect(stderr).toMatch(
        /^lwasync: (\d+) of \1 \w+ calls failed, CONNECTION_REFUSED: GET http:\/\/127\.0\.0\.1:1\/: connection refused; nothing listens on 127\.0\.0\.1:1\n$/,
      );
      expect(stdout).toMatch(/and every one failed\n$/);
      expect(stdout).not.toContain('latency');
      expect(code).toBe(3);
    },
  );

  it('never count as fast answers: all 500 ends in exit code 3 without a latency', async () => {
    const words = ['async', `${server.url}/500`, '-d', '200ms', '-c', '2'];
    const { code, stdout, stderr } = await runCli(words);
    expect(stderr).toContain('async calls failed, HTTP_STATUS');
    expect(stdout).not.toContain('latency');
    expect(code).toBe(3);
  });

  it('that are never answered are told apart', async () => {
    const words = ['async', `${server.url}/nothing`, '-d', '100ms', '-c', '2', '--json'];
    const { code, stdout, stderr } = await runCli(words);
    const document: unknown = JSON.parse(stdout);
    await expectSchema('load.schema.json', document);
    expect(document).toMatchObject({ calls: { begun: 2, ok: 0, failed: 0, unfinished: 2 } });
    expect(stderr).toContain('none of 2 calls was answered');
    expect(code).toBe(3);
  });
});

describe('--expect', () => {
  it('of a latency, a share of errors and a rate ends in 0 when it holds and in 1 when not', async () => {
    const words = ['async', `${server.url}/ok`, '-n', '120', '--rate', '600', ...KEEP, '--expect'];
    const good = [...words, 'p99<1h', '--expect', 'errors<1%', '--expect', 'rate>=0.01/s'];
    const met = await runCli(good);
    expect(met.stderr.match(/: met, /g)).toHaveLength(3);
    expect(met.code).toBe(0);
    const failed = await runCli([...words, 'p50<1us']);
    expect(failed.stderr).toContain('Expected p50<1us: failed, it was ');
    expect(failed.code).toBe(1);
  });

  it('counts a call that was never answered as longer than every other', async () => {
    const words = ['async', `${server.url}/nothing`, '-d', '50ms', '-c', '3'];
    const { code, stderr } = await runCli([...words, '--expect', 'p50<1h']);
    expect(stderr).toContain('Expected p50<1h: failed, 3 of 3 async calls failed or never ended');
    expect(code).toBe(3);
  });
});

describe('Ctrl-C', () => {
  it.each([['sync'], ['async'], ['async', '--on', 'loop'], ['async', '--rate', '200']])(
    'ends %s %s %s with what was measured so far and exit code 130',
    async (...words) => {
      const before = await callsSeen();
      const running = startCli([...words, `${server.url}/ok`, '-d', '1m', ...KEEP]);
      // More than can be in flight, so that some have been answered.
      while ((await callsSeen()) < before + 120);
      running.kill('SIGINT');
      const { code, stdout } = await running.finished;
      expect(stdout).toMatch(/^Stopped before the end; this is what was measured so far\.\n/);
      expect(stdout).toContain('p50');
      expect(code).toBe(130);
    },
  );
});

describe('a wrong word', () => {
  it.each([
    [['async', '-d', '1s', '-n', '5'], 'expected --duration or --number, got both'],
    [['async', '-d', '1s', '-w', '3'], '--warmup: with --duration or --rate'],
    [['async', '--rate', '0'], '--rate: expected calls a second'],
    [['async', '--rate', 'fast'], "got 'fast'"],
    [['sync', '--rate', '5'], "unknown option '--rate'"],
    [['async', '-d', '0'], '--duration: expected at least 1ms'],
    [['async', '-d', '5'], '--duration: expected a duration with its unit'],
    [['async', '-d', '1s', '-o', 'x.txt'], 'ends in .json, .html, .svg, .md'],
    [['async', '-d', '1s', '-o', 'x.trace.json'], 'ends in .json, .html, .svg, .md'],
    [['async', '-d', '1s', '--expect', 'p99<1s@20'], 'leave out what stands from @ on'],
    [['async', '-d', '1s', '--expect', 'async>=2x'], 'compares with another mode'],
    [['serve', '--stall', '5'], '--stall: expected a duration'],
  ])('%j gets one sentence and exit code 2', async (words, part) => {
    const { code, stdout, stderr } = await runCli(words);
    expect(stderr).toContain(part);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

async function callsSeen(): Promise<number> {
  return Number(Reflect.get(Object(await makeOneCall(`${server.url}/seen`)), 'calls'));
}
