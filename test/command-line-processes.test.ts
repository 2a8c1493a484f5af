import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOneCall } from '../src/clients/asynchronous.js';
import { startFaultServer, type FaultServer } from './support/fault-server.js';
import { expectSchema } from './support/expect-schema.js';
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

describe('the practice server', () => {
  it('is started for a run without a URL, in a process that ends with it', async () => {
    const words = ['async', '/fast-run', '-n', '2', '--json'];
    const { code, stdout, stderr } = await runCli(words);
    expect(code).toBe(0);
    expect(stderr).toMatch(/practice server/);
    expect(JSON.parse(stdout)).toMatchObject({ calls: [{ status: 200 }, { status: 200 }] });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('serve stops at %s with exit code 0', async (signal) => {
    const serve = startCli(['serve', '--port', '0']);
    await until(async () => serve.output().includes('Ctrl-C stops it'));
    serve.kill(signal);
    const { code, stdout } = await serve.finished;
    expect(stdout).toMatch(/^The practice server listens on http:\/\/127\.0\.0\.1:\d+\n/);
    expect(code).toBe(0);
  });

  it('serve on a port in use says so and names the flag that helps', async () => {
    const port = new URL(server.url).port;
    const { code, stderr } = await runCli(['serve', '--port', port]);
    expect(code).toBe(2);
    expect(stderr).toContain(`port ${port}`);
    expect(stderr).toContain('--port');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('Ctrl-C', () => {
  it.each([
    ['sync', '0 of 4 synchronous calls were made in'],
    ['async', '0 of 4 asynchronous calls were made in'],
    ['compare', ''],
  ])('ends %s with what was measured so far and exit code 130', async (command, part) => {
    const before = await callsSeen();
    const running = startCli([command, `${server.url}/nothing`, '-n', '4']);
    await until(async () => (await callsSeen()) > before);
    running.kill('SIGINT');
    const { code, stdout, stderr } = await running.finished;
    expect(stdout).toContain(part);
    expect(stderr).not.toContain('failed');
    expect(code).toBe(130);
  });

  it('leaves a whole JSON document behind', async () => {
    const before = await callsSeen();
    const running = startCli(['sync', `${server.url}/nothing`, '-n', '4', '--json']);
    await until(async () => (await callsSeen()) > before);
    running.kill('SIGINT');
    const document: unknown = JSON.parse((await running.finished).stdout);
    await expectSchema('calls.schema.json', document);
    expect(document).toMatchObject({
      interrupted: true,
      calls: [],
      responses: [null, null, null, null],
    });
  });
});

async function callsSeen(): Promise<number> {
  return Number(Reflect.get(Object(await makeOneCall(`${server.url}/seen`)), 'calls'));
}

/** Asks again and again; each time the event loop goes round in between. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

describe('a program that is compared', () => {
  const hook = join(import.meta.dirname, 'support', 'without-koffi.cjs');
  it.runIf(process.platform !== 'win32').each([
    ['', {}],
    [' without koffi', { NODE_OPTIONS: `--require "${hook}"` }],
  ])('ends when lwasync is killed, however busy it is%s', async (_how, env) => {
    const { port, connected } = await listenOnce();
    const path = join(folder, 'busy.cjs');
    await writeFile(
      path,
      `require('node:net').connect(${port}, '127.0.0.1').once('connect', () => {
         const end = performance.now() + 120_000;
         while (performance.now() < end);
       });`,
    );
    const running = startCli(['compare', path, path, '-n', '1', '-r', '1', '-w', '0'], { env });
    const socket = await connected;
    const ended = once(socket.on('error', () => {}).resume(), 'close');
    running.kill('SIGKILL');
    // The kernel closes it when its process ends.
    await expect(ended).resolves.toBeDefined();
    await running.finished;
  });
});

/** A port, and the one connection that comes. */
async function listenOnce(): Promise<{ port: number; connected: Promise<Socket> }> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const connected = new Promise<Socket>((resolve) => {
    listener.once('connection', (socket) => {
      listener.close();
      resolve(socket);
    });
  });
  const address = listener.address();
  return { port: Number(Reflect.get(Object(address), 'port')), connected };
}

describe('output that cannot be written', () => {
  it('does not stop the command: a reader that leaves gets its exit code and its report all the same', async () => {
    const file = join(folder, 'unread.md');
    const words = ['compare', `${server.url}/ok`, '-n', '2', '-r', '1', '-w', '0', '-o', file];
    const running = startCli(words);
    running.stopReading();
    expect((await running.finished).code).toBe(0);
    expect(await readFile(file, 'utf8')).toContain('| mode ');
  });

  it.runIf(process.platform === 'linux')(
    'is told in one sentence, and a full disk has its own exit code',
    async () => {
      const words = ['compare', `${server.url}/ok`, '-n', '2', '-r', '1', '-w', '0'];
      const { code, stderr } = await runCli([...words, '-o', '/dev/no/run.md']);
      expect(code).toBe(2);
      expect(stderr).toContain('no file can be written');
      const full = await runCli(words, { stdout: '/dev/full' });
      expect(full.code).toBe(5);
      expect(full.stderr).toMatch(/^lwasync: the output could not be written: ENOSPC[^\n]+\n$/);
    },
  );
});

describe.runIf(process.platform !== 'win32')('limits of this machine', () => {
  it.each([
    ['connections', 156, (): string[] => [`${server.url}/ok`]],
    ['files', 156, () => ['file', 'package.json']],
    ['pipes of commands', 52, () => ['--', 'true']],
  ])(
    'more %s at once than open files allow are capped to %d, with a warning that says why',
    async (_what, most, task) => {
      const words = ['async', '-n', '400', '--json', ...task()];
      const { code, stdout, stderr } = await runCli(words, { openFiles: 256 });
      expect(stderr).toContain(
        `400 calls at once were asked for, ${most} are made at once: the limit on open files`,
      );
      expect(JSON.parse(stdout)).toMatchObject({ concurrency: most, failures: [] });
      expect(code).toBe(0);
    },
  );

  it('stand for calls under load and for levels of a sweep too', async () => {
    const load = ['async', 'file', 'package.json', '-d', '50ms', '-c', '400', '--json'];
    const loaded = await runCli(load, { openFiles: 256 });
    expect(loaded.stderr).toContain('400 calls at once were asked for, 156 are made at once');
    expect(loaded.code).toBe(0);
    const { code, stderr } = await runCli(
      ['sweep', '--max', '400', '--budget', '2s', '--', 'true'],
      { openFiles: 160 },
    );
    expect(stderr).not.toContain('calls failed,');
    expect(code).toBe(0);
  });
});
