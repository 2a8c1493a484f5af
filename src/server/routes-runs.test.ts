import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPracticeServer } from './start-server.js';
import type { PracticeServer } from './supervised-server.js';

const WORK_MS = 100;
const THREADS = 5;
let server: PracticeServer;

beforeAll(async () => {
  server = await startPracticeServer({ port: 0, workMs: WORK_MS, threads: THREADS });
  // The threads start at the first call, which is not what is looked at here.
  await calls('/standard-run', THREADS);
});

afterAll(() => server.close());

async function call(path: string): Promise<unknown> {
  return (await fetch(server.url + path)).json();
}

function calls(path: string, count: number): Promise<unknown[]> {
  return Promise.all(Array.from({ length: count }, () => call(path)));
}

/** How many calls to `/health`, one after another, are answered before a call to `path` is. */
async function healthCallsDuring(path: string): Promise<number> {
  const seen = { health: 0, answered: false };
  const run = call(path).finally(() => (seen.answered = true));
  while (!seen.answered) {
    await call('/health');
    seen.health += 1;
  }
  await run;
  return seen.health;
}

/** The time that ten calls at once take, in times that one call takes. */
async function costOfTen(path: string): Promise<number> {
  const begin = performance.now();
  await call(path);
  const middle = performance.now();
  await calls(path, 10);
  return (performance.now() - middle) / (middle - begin);
}

/** Makes calls whose clients leave as soon as the first of them is answered. */
async function leave(path: string, count: number): Promise<void> {
  const requests = Array.from({ length: count }, () => get(server.url + path, { agent: false }));
  const left = requests.map((request) => {
    request.on('error', () => {});
    return new Promise((resolve) => request.once('close', resolve));
  });
  await new Promise((resolve) => {
    for (const request of requests) request.once('response', resolve);
  });
  for (const request of requests) request.destroy();
  await Promise.all(left);
}

test('ten calls of the awaited work take as long as one, of the blocking work ten times as long', async () => {
  const [awaited, blocking, onThreads] = [
    await costOfTen('/fast-run'),
    await costOfTen('/slow-run'),
    await costOfTen('/standard-run'),
  ];
  expect(awaited).toBeLessThan(5);
  expect(blocking).toBeGreaterThan(8);
  expect(onThreads).toBeGreaterThan(1.5);
  expect(onThreads).toBeLessThan(6);
});

test('only the work that blocks the event loop keeps others waiting', async () => {
  const during = {
    awaited: await healthCallsDuring('/fast-run'),
    blocking: await healthCallsDuring('/slow-run'),
    onThreads: await healthCallsDuring('/standard-run'),
  };
  expect(during.awaited).toBeGreaterThan(3 * during.blocking);
  expect(during.onThreads).toBeGreaterThan(3 * during.blocking);
});

test.each(['/fast-run', '/slow-run', '/standard-run'])(
  'work of %s that nobody waits for any more is not done',
  async (path) => {
    const begin = performance.now();
    await call(path);
    const middle = performance.now();
    await leave(path, 40);
    await call(path);
    expect(performance.now() - middle).toBeLessThan(6 * (middle - begin));
  },
);

test('every answer of one start has the same id, and every start has another', async () => {
  const answers = [await call('/fast-run'), await call('/slow-run'), await call('/standard-run')];
  const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
  expect(answers[0]).toEqual({ app_instance_id: expect.stringMatching(uuid) });
  expect(answers).toEqual([answers[0], answers[0], answers[0]]);
  const other = await startPracticeServer({ port: 0, workMs: 1 });
  const answer: unknown = await (await fetch(`${other.url}/fast-run`)).json();
  await other.close();
  expect(answer).toEqual({ app_instance_id: expect.stringMatching(uuid) });
  expect(answer).not.toEqual(answers[0]);
});
