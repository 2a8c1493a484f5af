import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import { setImmediate as nextPass } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { UsageError } from '../core/errors.js';
import { startPracticeServer, startPracticeServerProcess } from './index.js';
import { resolveOptions } from './practice-server-options.js';

const HOUR_MS = 3_600_000;
const BUILT = new URL('../../dist/server/', import.meta.url);

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function refused(port: number): Promise<void> {
  while (await accepts(port));
}

/** A call to `/slow-run` that blocks the server, and what becomes of it. */
async function blockingCall(port: number): Promise<{ outcome: Promise<unknown> }> {
  const url = `http://127.0.0.1:${port}`;
  const request = get(`${url}/slow-run`, { agent: false });
  const outcome = new Promise((resolve) => {
    request.on('error', () => resolve('cut off'));
    request.on('response', () => resolve('answered'));
  });
  try {
    for (;;) await (await fetch(`${url}/health`, { signal: AbortSignal.timeout(250) })).text();
  } catch {
    return { outcome };
  }
}

const STARTS = [
  ['a thread', startPracticeServer],
  ['a process', startPracticeServerProcess],
] as const;

test.each(STARTS)('a server in %s answers until it is closed', async (_where, start) => {
  const server = await start({ port: 0 });
  expect(server).toMatchObject({ host: '127.0.0.1', url: `http://127.0.0.1:${server.port}` });
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  await Promise.all([server.close(), server.close()]);
  await server.closed;
  expect(await accepts(server.port)).toBe(false);
});

test.each(STARTS)('a server in %s is closed while /slow-run blocks it', async (_where, start) => {
  const server = await start({ port: 0, workMs: HOUR_MS });
  const { outcome } = await blockingCall(server.port);
  await server.close();
  expect(await outcome).toBe('cut off');
  expect(await accepts(server.port)).toBe(false);
});

test.each(STARTS)('a port in use is told of by %s with what helps', async (_where, start) => {
  const first = await startPracticeServer({ port: 0 });
  onTestFinished(() => first.close());
  const second = start({ port: first.port });
  await expect(second).rejects.toBeInstanceOf(UsageError);
  await expect(second).rejects.toThrow(
    `port ${first.port} on 127.0.0.1 is already in use; ` +
      `choose another with --port ${first.port + 1}, or --port 0 for any free one`,
  );
});

test.each(STARTS)('an option that cannot be used is refused by %s', async (_where, start) => {
  await expect(start({ slots: -1 })).rejects.toBeInstanceOf(UsageError);
});

test('a host that is not of this machine is told of', async () => {
  // 192.0.2.0/24 is kept for documentation (RFC 5737).
  await expect(startPracticeServer({ host: '192.0.2.1', port: 0 })).rejects.toThrow(
    /^'192\.0\.2\.1' is not an address of this machine; choose one with --host 127\.0\.0\.1/,
  );
});

test('every network can be listened on, and the url can be called', async () => {
  const server = await startPracticeServer({ host: '0.0.0.0', port: 0 });
  onTestFinished(() => server.close());
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});

test('the calling thread stays free while /slow-run blocks the server', async () => {
  const server = await startPracticeServer({ port: 0, workMs: 200 });
  onTestFinished(() => server.close());
  const seen = { passes: 0, answered: false };
  const run = fetch(`${server.url}/slow-run`).finally(() => (seen.answered = true));
  while (!seen.answered) {
    await nextPass();
    seen.passes += 1;
  }
  await run;
  expect(seen.passes).toBeGreaterThan(100);
});

async function listeningPort(child: ChildProcess): Promise<number> {
  const [report] = await once(child, 'message');
  return Number(report.listening.port);
}

function forkServer(workMs: number): ChildProcess {
  const child = fork(new URL('server-process.js', BUILT), [], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    execArgv: [],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.send({ kind: 'start', settings: resolveOptions({ port: 0, workMs }) });
  return child;
}

test('the process ends when its parent is gone, also while /slow-run blocks the server', async () => {
  const child = forkServer(HOUR_MS);
  const port = await listeningPort(child);
  const { outcome } = await blockingCall(port);
  child.disconnect();
  await once(child, 'exit');
  expect(await outcome).toBe('cut off');
  expect(await accepts(port)).toBe(false);
});

test('the process takes no notice of Ctrl-C and prints nothing', async () => {
  const child = forkServer(1);
  let printed = '';
  child.stdout?.on('data', (data) => (printed += data));
  child.stderr?.on('data', (data) => (printed += data));
  const port = await listeningPort(child);
  child.kill('SIGINT');
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  child.send({ kind: 'close' });
  const [report] = await once(child, 'message');
  expect(report).toEqual({ kind: 'closed' });
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(printed).toBe('');
});

test('the process ends when its parent is killed', async () => {
  const program = `
    import { startPracticeServerProcess } from '${new URL('index.js', BUILT).href}';
    const server = await startPracticeServerProcess({ port: 0 });
    console.log(server.port);
  `;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(parent.stdout, 'data');
  expect(await accepts(Number(port))).toBe(true);
  parent.kill('SIGKILL');
  await refused(Number(port));
});
