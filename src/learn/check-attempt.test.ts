import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkAttempt, measureAttempt } from './check-attempt.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-check-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

it('a check can load another module, in a process of its own, beside the attempt', async () => {
  const file = write('exercise.ts', 'export const who = () => `attempt, ${process.pid}`;');
  const other = write('other.ts', 'export const who = () => `other, ${process.pid}`;');
  const check = write(
    'check.ts',
    `export const check = () => {};
    export async function measure({ attempt, startAttempt }) {
      const other = await startAttempt(${JSON.stringify(other)});
      const said = await Promise.all([attempt, other].map((each) => each.call('who', [])));
      return { text: said.map(({ value }) => value).join('; '), choice: undefined };
    }`,
  );
  const { text } = await measureAttempt(check, file, { seed: 1 });
  const [, mine, others] = /^attempt, (\d+); other, (\d+)$/.exec(text) ?? [];
  expect(mine).toBeDefined();
  expect(new Set([mine, others, String(process.pid)]).size).toBe(3);
});

it('a watched server tells when so many calls have come', async () => {
  const file = write(
    'calls.ts',
    'export const ask = async (url, n) => { for (let i = 0; i < n; i += 1) await fetch(url); };',
  );
  const check = write(
    'check-calls.ts',
    `export const check = () => {};
    export async function measure({ attempt, startServer }) {
      const server = await startServer((call) => call.answer({}));
      const said = [];
      const told = [3, 1, 2].map((n) => server.untilCalls(n).then(() => said.push(n)));
      await attempt.call('ask', [server.url, 2]);
      await Promise.all([...told.slice(1), server.untilCalls(0)]);
      return { text: said.join(), choice: undefined };
    }`,
  );
  expect((await measureAttempt(check, file, { seed: 1 })).text).toBe('1,2');
});

it('a call whose head has come and whose bytes have not waits, and counts among those that wait at once', async () => {
  const file = write(
    'heads.ts',
    `export async function heads(url) {
      const first = await fetch(url);
      await fetch(url);
      return first.text();
    }`,
  );
  const check = write(
    'check-heads.ts',
    `export const check = () => {};
    export async function measure({ attempt, startServer }) {
      const sends = [];
      const server = await startServer((call) =>
        sends.push(call.answerHeadOf(Buffer.from('bytes ' + call.index))),
      );
      const call = attempt.call('heads', [server.url]);
      await server.untilCalls(2);
      server.calls[0].answer('no second answer');
      const said = [server.waiting.length];
      sends[0]();
      sends[0]();
      said.push((await call).value, server.waiting.length, server.mostAtOnce);
      return { text: said.join(), choice: undefined };
    }`,
  );
  expect((await measureAttempt(check, file, { seed: 1 })).text).toBe('2,bytes 0,1,2');
});

it.each([
  ['a rejection that nobody waits for', "void Promise.reject(new Error('lost'));", 'lost'],
  ['one in the next pass', "setImmediate(() => void Promise.reject('later'));", 'later'],
  ['one that somebody looks at', "Promise.reject(new Error('seen')).catch(() => {});", undefined],
  ['an end of its own', 'setImmediate(() => process.exit());', undefined],
])('an answer that passes and leaves %s behind', async (what, leave, lost) => {
  const file = write(
    `leaves-${what.length}.ts`,
    `export function answer(): number { ${leave} return 42; }`,
  );
  const check = write(
    'check-answer.ts',
    `export async function check({ attempt }) {
      const { value } = await attempt.call('answer', []);
      return { passed: value === 42, seen: 'it was 42' };
    }
    export const measure = () => {};`,
  );
  const { verdict } = await checkAttempt(check, file, { seed: 1 });
  expect(verdict).toEqual(
    lost === undefined
      ? { passed: true, seen: 'it was 42' }
      : {
          passed: false,
          diagnosis: 'unhandled-rejection',
          message: `a promise was rejected with "${lost}" when nobody was waiting for it; in a program of its own that ends it`,
        },
  );
});

it('an attempt ends, and with it what it has started, whatever it does not listen to, and the check is stopped', async () => {
  const there: Socket[] = [];
  const server = createServer((socket) => there.push(socket.on('error', () => {})));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const children = process.platform === 'linux' ? 2 : 1;
  const all = children + 1;
  const child = `process.on('SIGTERM', () => {}); require('net').connect(${port}, '127.0.0.1')`;
  const file = write(
    'starts.ts',
    `import { spawn } from 'node:child_process';
    import { connect } from 'node:net';
    export async function start() {
      connect(${port}, '127.0.0.1');
      for (const detached of [false, true].slice(0, ${children}))
        spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit', detached });
      await new Promise(() => {});
    }`,
  );
  const check = write(
    'check-starts.ts',
    `export const check = ({ attempt }) => attempt.call('start', []);
    export const measure = () => {};`,
  );
  const stop = new AbortController();
  const checked = checkAttempt(check, file, { seed: 1, signal: stop.signal });
  checked.catch(() => {});
  while (there.length < all) await once(server, 'connection');
  const gone = there.map((socket) => once(socket.resume(), 'close'));
  stop.abort();
  await expect(checked).rejects.toThrow('aborted');
  await Promise.all(gone);
  server.close();
});
