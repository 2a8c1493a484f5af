import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from './support/fault-server.js';
import { expectSchema } from './support/expect-schema.js';
import { runCli } from './support/run-cli.js';

const ROOT = join(import.meta.dirname, '..');
const version = (
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
).version;

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

describe('sync and async', () => {
  it('say how many seconds the calls took, and their latency', async () => {
    const sync = await runCli(['sync', `${server.url}/ok`, '-n', '3']);
    expect(sync.stdout).toMatch(/^3 synchronous calls took \d+\.\d{3} seconds\nlatency {2}p50 /);
    const async = await runCli(['async', `${server.url}/together?3`, '-n', '3', '-w', '1']);
    expect(async.stdout).toMatch(/^3 asynchronous calls took \d+\.\d{3} seconds\nlatency {2}p50 /);
    expect(async.stdout).toContain('cold, before');
    expect([sync.code, async.code]).toEqual([0, 0]);
  });

  it.each(['sync', 'async'])('%s --json prints one document with every call', async (mode) => {
    const { stdout, code } = await runCli([mode, `${server.url}/order?x`, '-n', '4', '--json']);
    const document: unknown = JSON.parse(stdout);
    await expectSchema('calls.schema.json', document);
    expect(document).toMatchObject({
      schema: 'lwasync.calls/1',
      mode,
      number: 4,
      responses: Array.from({ length: 4 }, () => ({ order: 'x' })),
      calls: [0, 1, 2, 3].map((index) => ({ index, status: 200 })),
      failures: [],
    });
    expect(code).toBe(0);
  });

  it('-c limits the calls in flight', async () => {
    const words = ['async', `${server.url}/together?2`, '-n', '6', '-c', '2', '--json'];
    const { stdout } = await runCli(words);
    expect(JSON.parse(stdout)).toMatchObject({
      concurrency: 2,
      responses: Array.from({ length: 6 }, () => ({ together: 2 })),
    });
  });

  it.each([
    ['/500', 'HTTP_STATUS', 'status 500'],
    ['/half', 'CONNECTION_CLOSED', 'before the answer was complete'],
    ['/garbage', 'MALFORMED_ANSWER', 'not proper HTTP'],
    ['/close', 'CONNECTION_CLOSED', 'closed the connection'],
    ['/html', 'NOT_JSON', '--no-parse'],
    ['/nothing', 'TIMEOUT', 'within 100 ms'],
  ])(
    'a server that answers like %s ends in exit code 3 and a sentence',
    async (path, code, part) => {
      // What does not come is all that a timeout is to end.
      const timeout = code === 'TIMEOUT' ? '100ms' : '20s';
      const words = ['async', server.url + path, '-n', '3', '--timeout', timeout];
      const { stdout, stderr, ...finished } = await runCli(words);
      expect(finished.code).toBe(3);
      expect(stderr).toContain(`3 of 3 async calls failed, ${code}`);
      expect(stderr).toContain(part);
      expect(stdout + stderr).not.toMatch(/\n\s+at /);
      expect(stdout).not.toContain('latency');
    },
  );

  it('lists each failed call in the JSON document', async () => {
    const { stdout, code } = await runCli(['sync', `${server.url}/500`, '-n', '2', '--json']);
    const document: unknown = JSON.parse(stdout);
    await expectSchema('calls.schema.json', document);
    expect(document).toMatchObject({
      responses: [null, null],
      failures: [0, 1].map((index) => ({ index, code: 'HTTP_STATUS', status: 500 })),
    });
    expect(code).toBe(3);
  });

  it('shows the failed calls of a warm-up that ended the run, and no time', async () => {
    const words = ['sync', `${server.url}/500`, '-n', '2', '-w', '1', '--json'];
    const document: unknown = JSON.parse((await runCli(words)).stdout);
    await expectSchema('calls.schema.json', document);
    expect(document).toMatchObject({ seconds: null, failures: [{ index: 0 }, { index: 1 }] });
  });

  it('a dead port is told in one sentence', async () => {
    const { stderr, code } = await runCli(['async', 'http://127.0.0.1:1/', '-n', '3']);
    expect(stderr).toBe(
      'lwasync: 3 of 3 async calls failed, CONNECTION_REFUSED: ' +
        'GET http://127.0.0.1:1/: connection refused; nothing listens on 127.0.0.1:1\n',
    );
    expect(code).toBe(3);
  });

  it('--no-parse accepts what is not JSON', async () => {
    const { code } = await runCli(['async', `${server.url}/html`, '-n', '2', '--no-parse']);
    expect(code).toBe(0);
  });
});

describe('compare', () => {
  const quick = ['-n', '3', '-r', '3', '-w', '1'];

  it('prints a picture, a table and the verdict, without colour where nobody looks', async () => {
    const { stdout, code } = await runCli(['compare', `${server.url}/ok`, ...quick]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^sync {2}one after another/);
    expect(stdout).toMatch(/mode +wall time/);
    expect(stdout).toContain('Twice as many calls (6): ');
    expect(stdout).toContain('Our own cost a call: ');
    expect(stdout).not.toContain('\u001b');
  });

  it('colours its output when it is forced to, and not when NO_COLOR says so', async () => {
    const words = ['compare', `${server.url}/ok`, '-n', '2', '-r', '1', '-w', '0'];
    expect((await runCli(words, { env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[');
    const both = await runCli(words, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    expect(both.stdout).not.toContain('\u001b');
  });

  it('--json prints one document in the published form, measured doubling included', async () => {
    const words = ['compare', `${server.url}/ok`, ...quick, '--double', '--json'];
    const { stdout, code } = await runCli(words);
    const document: unknown = JSON.parse(stdout);
    await expectSchema('compare.schema.json', document);
    expect(document).toMatchObject({
      schema: 'lwasync.compare/1',
      version,
      number: 3,
      rounds: 3,
      modes: [
        { mode: 'sync', concurrency: 1, maxInFlight: 1, calls: { ok: 9, failed: 0 } },
        { mode: 'sequential', concurrency: 1, maxInFlight: 1, calls: { ok: 9, failed: 0 } },
        { mode: 'async', concurrency: 3, calls: { ok: 9, failed: 0 } },
      ],
      verdict: { baseline: 'sync', doubling: { number: 6, how: 'measured' } },
    });
    expect(code).toBe(0);
  });

  it.each([
    ['pi', '50'],
    ['sleep', '1ms', 'sleep', '2ms'],
    ['examples/naive-lone-timer.ts', 'examples/naive-lone-timer.ts'],
    ['examples/task-hash.ts', '--modes', 'sync,async,loop'],
  ])('--json is in the published form for %s too', async (...words) => {
    const { stdout } = await runCli(['compare', ...words, '-n', '2', '-r', '3', '--json']);
    await expectSchema('compare.schema.json', JSON.parse(stdout));
  });

  it('-o writes a report of the kind its name ends in, and leaves nothing else behind', async () => {
    const words = ['compare', `${server.url}/ok`, ...quick];
    for (const name of ['run.json', 'run.md', 'run.svg']) {
      const { code, stderr } = await runCli([...words, '-o', join(folder, name)]);
      expect(stderr).toContain(`wrote ${join(folder, name)}`);
      expect(code).toBe(0);
    }
    expect((await readdir(folder)).toSorted()).toEqual(['run.json', 'run.md', 'run.svg']);
    const document: unknown = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'));
    await expectSchema('compare.schema.json', document);
    expect(document).toHaveProperty('modes.0.everyCall.2.outcome', ['ok', 'ok', 'ok']);
    expect(await readFile(join(folder, 'run.md'), 'utf8')).toContain('| mode ');
    expect(await readFile(join(folder, 'run.svg'), 'utf8')).toMatch(/^<svg [\s\S]+<\/svg>\n$/);
  });

  it('--expect ends in 0 when it holds, in 1 when not, in 4 when that is uncertain', async () => {
    const words = ['compare', `${server.url}/ok`, '-n', '3', '-r', '3'];
    expect((await runCli([...words, '--expect', 'async>=0.001x'])).code).toBe(0);
    const failed = await runCli([...words, '--expect', 'async>=1000x']);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('Expected async>=1000x: failed');
  });

  it('--expect of errors lets that many calls fail, in sync and async too', async () => {
    const words = ['async', `${server.url}/500`, '-n', '3', '--expect'];
    const tolerant = await runCli([...words, 'errors<=100%']);
    expect(tolerant.stderr).toContain('Expected errors<=100%: met, 3 of 3 async calls failed');
    expect(tolerant.code).toBe(0);
    expect((await runCli([...words, 'errors<50%'])).code).toBe(3);
    const good = ['async', `${server.url}/ok`, '-n', '3', '--expect'];
    expect((await runCli([...good, 'max<1us'])).code).toBe(1);
    expect((await runCli([...good, 'p99<1h'])).code).toBe(4);
    expect((await runCli([...good, 'rate>0.001/s', '--expect', 'p50<1h'])).code).toBe(0);
  });

  it('when every call fails: exit code 3, even where an expectation failed too, and no fast success', async () => {
    const words = ['compare', `${server.url}/500`, ...quick, '--expect', 'async>=1x', '--json'];
    const { code, stdout, stderr } = await runCli(words);
    expect(code).toBe(3);
    expect(stderr).toContain('3 of 3 async calls failed, HTTP_STATUS');
    const document: unknown = JSON.parse(stdout);
    await expectSchema('compare.schema.json', document);
    expect(document).toMatchObject({ verdict: null, rounds: 0 });
    expect(document).toMatchObject({
      modes: [{}, {}, { warmup: { failures: [{ code: 'HTTP_STATUS', count: 3 }] } }],
    });
  });
});
