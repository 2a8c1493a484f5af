import { once } from 'node:events';
import { get, type ClientRequest, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { buildApp } from './app.js';
import { Dials } from './dials.js';
import { resolveOptions, type PracticeServerOptions } from './practice-server-options.js';

const HOUR_MS = 3_600_000;
const DIALLED = ['/say-hi', '/fast-run', '/slow-run', '/standard-run', '/files/1'];

async function serve(options: PracticeServerOptions): Promise<string> {
  const app = await buildApp(resolveOptions({ latencyMs: 0, workMs: 1, ...options }));
  onTestFinished(async () => {
    app.server.closeAllConnections();
    await app.close();
  });
  return app.listen({ port: 0, host: '127.0.0.1' });
}

function draw(options: PracticeServerOptions): number[] {
  const dials = new Dials(resolveOptions(options));
  return Array.from({ length: 1000 }, () => dials.drawLatency());
}

function call(url: string): ClientRequest {
  // Leaving is what these calls are for, so that a broken connection is no surprise.
  return get(url, { agent: false }).on('error', () => {});
}

async function answered(request: ClientRequest): Promise<IncomingMessage> {
  const [answer]: IncomingMessage[] = await once(request, 'response');
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

/** Takes a slot and keeps it: the answer is larger than what fits between the server and a client that does not read. */
async function holdSlot(url: string): Promise<ClientRequest> {
  const holder = call(`${url}/files/1`);
  (await answered(holder)).pause();
  return holder;
}

/** Lets the server do whatever it can do with the calls that it has. */
async function letServerWork(url: string): Promise<void> {
  for (let round = 0; round < 10; round += 1) await (await fetch(`${url}/health`)).text();
}

async function statuses(url: string, path: string, count: number): Promise<number[]> {
  const seen: number[] = [];
  for (let index = 0; index < count; index += 1) seen.push((await fetch(url + path)).status);
  return seen;
}

function timing(answer: IncomingMessage, name: string): number {
  const field = String(answer.headers['server-timing']);
  return Number(new RegExp(`\\b${name};dur=([\\d.]+)`).exec(field)?.[1]);
}

test('latencies lie within the jitter, never below 0, and repeat with the seed', () => {
  const latencies = draw({ latencyMs: 100, jitterMs: 20 });
  expect(Math.min(...latencies)).toBeGreaterThanOrEqual(80);
  expect(Math.min(...latencies)).toBeLessThan(82);
  expect(Math.max(...latencies)).toBeLessThanOrEqual(120);
  expect(Math.max(...latencies)).toBeGreaterThan(118);
  expect(draw({ latencyMs: 100, jitterMs: 20 })).toEqual(latencies);
  expect(draw({ latencyMs: 100, jitterMs: 20, failRate: 0.5 })).toEqual(latencies);
  expect(draw({ latencyMs: 100, jitterMs: 20, seed: 2 })).not.toEqual(latencies);
  expect(Math.min(...draw({ latencyMs: 1, jitterMs: 20 }))).toBe(0);
  expect(new Set(draw({ latencyMs: 100, jitterMs: 0 }))).toEqual(new Set([100]));
});

test.each(DIALLED)('%s says how long a call queued and waited', async (path) => {
  const answer = await answered(call((await serve({ latencyMs: 5, workMs: 5 })) + path));
  expect(answer.statusCode).toBe(200);
  expect(timing(answer, 'queue')).toBeGreaterThanOrEqual(0);
  expect(timing(answer, 'wait')).toBeGreaterThan(4);
});

test('with one slot calls are served one after another', async () => {
  const url = await serve({ slots: 1, latencyMs: 20 });
  const calls = Array.from({ length: 4 }, () => answered(call(`${url}/say-hi`)));
  const queued = (await Promise.all(calls)).map((answer) => timing(answer, 'queue'));
  const [first = 0, second = 0, third = 0, fourth = 0] = queued.toSorted((a, b) => a - b);
  expect(second - first).toBeGreaterThan(10);
  expect(third - second).toBeGreaterThan(10);
  expect(fourth - third).toBeGreaterThan(10);
});

test.each(DIALLED)(
  '%s is not answered during a stall, while connections are accepted',
  async (path) => {
    const url = await serve({ stallMs: 90, stallEveryMs: 100, workMs: 0 });
    const longEnough = 20;
    let wait = 0;
    // The first calls may fit between two stalls.
    for (let calls = 0; wait < longEnough && calls < 100; calls += 1) {
      wait = timing(await answered(call(url + path)), 'wait');
    }
    expect(wait).toBeGreaterThan(longEnough);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  },
);

test('a call whose client leaves during a stall gives its slot back', async () => {
  const url = await serve({ slots: 1, stallMs: 90, stallEveryMs: 100 });
  const leaving = call(`${url}/say-hi`);
  await letServerWork(url);
  leaving.destroy();
  expect((await answered(call(`${url}/say-hi`))).statusCode).toBe(200);
});

test.each(DIALLED)('%s waits for a slot', async (path) => {
  const url = await serve({ slots: 1, fileSize: 100_000_000 });
  const holder = await holdSlot(url);
  let isAnswered = false;
  const answer = answered(call(url + path)).finally(() => (isAnswered = true));
  await letServerWork(url);
  expect(isAnswered).toBe(false);
  holder.destroy();
  expect((await answer).statusCode).toBe(200);
});

test('an answer that is sent gives its slot back', async () => {
  const url = await serve({ slots: 1, fileSize: 100_000 });
  for (const path of [...DIALLED, '/say-hi']) {
    expect((await (await fetch(url + path)).arrayBuffer()).byteLength).toBeGreaterThan(0);
  }
});

test('a call whose client leaves in the queue never takes a slot', async () => {
  const url = await serve({ slots: 1, workMs: HOUR_MS, fileSize: 100_000_000 });
  const holder = await holdSlot(url);
  const leaving = DIALLED.slice(1, 4).map((path) => call(url + path));
  await letServerWork(url);
  for (const one of leaving) one.destroy();
  await letServerWork(url);
  holder.destroy();
  expect((await answered(call(`${url}/say-hi`))).statusCode).toBe(200);
});

test('a call whose client leaves in its wait gives its slot back', async () => {
  const url = await serve({ slots: 1, workMs: HOUR_MS });
  const leaving = call(`${url}/fast-run`);
  await letServerWork(url);
  leaving.destroy();
  expect((await answered(call(`${url}/say-hi`))).statusCode).toBe(200);
});

test.each(DIALLED)('%s always fails with a fail rate of 1', async (path) => {
  const url = await serve({ failRate: 1 });
  const answer = await fetch(url + path);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({ error: 'this call fails on purpose: the fail rate is 1' });
  expect((await fetch(`${url}/health`)).status).toBe(200);
});

test('which calls fail repeats with the seed, whatever the jitter', async () => {
  const half = { failRate: 0.5, seed: 3 };
  const failing = await statuses(await serve(half), '/say-hi', 40);
  expect(new Set(failing)).toEqual(new Set([200, 500]));
  expect(await statuses(await serve(half), '/fast-run', 40)).toEqual(failing);
  expect(await statuses(await serve({ ...half, jitterMs: 2 }), '/say-hi', 40)).toEqual(failing);
  expect(await statuses(await serve({ ...half, seed: 4 }), '/say-hi', 40)).not.toEqual(failing);
  expect(new Set(await statuses(await serve({}), '/say-hi', 40))).toEqual(new Set([200]));
});
