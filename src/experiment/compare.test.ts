import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../../test/support/fault-server.js';
import { makeOneCall } from '../clients/asynchronous.js';
import { httpTask } from '../tasks/http-task.js';
import { compare } from './compare.js';
import type { CompareOptions } from './compare-options.js';
import type { Progress } from './measure-modes.js';

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

function options(path: string, over: Partial<CompareOptions> = {}): CompareOptions {
  return {
    task: httpTask(server.url + path, { timeoutMs: 5000 }),
    modes: ['sync', 'sequential', 'async'],
    number: 5,
    warmup: 1,
    rounds: 3,
    budgetMs: 1000,
    double: false,
    keepAnswers: false,
    ...over,
  };
}

async function callsSeen(): Promise<number> {
  return Number(Reflect.get(Object(await makeOneCall(`${server.url}/seen`)), 'calls'));
}

it('makes exactly N calls a round in every mode, warm-up and doubling included', async () => {
  const before = await callsSeen();
  const run = await compare(options('/ok', { double: true, number: 7, concurrency: 3 }));
  expect((await callsSeen()) - before).toBe(3 * (1 + 3) * 7 + 3 * (1 + 3) * 14);
  for (const mode of [...run.measured.modes, ...(run.doubled?.modes ?? [])]) {
    expect(mode.warmup).toHaveLength(1);
    expect(mode.rounds).toHaveLength(3);
    for (const round of mode.rounds) expect(round.calls.tally().ok).toBe(round.calls.number);
  }
  expect(run.doubled?.number).toBe(14);
  expect(run.interrupted).toBe(false);
});

it('interleaves the modes and alternates their order', async () => {
  const order: string[] = [];
  const listener = ({ stage, round, name }: Progress): void => {
    order.push(`${stage} ${round} ${name}`);
  };
  await compare(options('/ok', { modes: ['sync', 'async'], rounds: 2 }), { listener });
  expect(order).toEqual([
    'warm-up 1 async',
    'warm-up 1 sync',
    'round 1 async',
    'round 1 sync',
    'round 2 sync',
    'round 2 async',
  ]);
});

it('begins with the smaller number of calls, so that its first round is the cold one', async () => {
  const order: string[] = [];
  const listener = ({ number, name }: Progress): void => {
    order.push(`${name} ${number}`);
  };
  const { measured } = await compare(
    options('/ok', { modes: ['sync', 'async'], rounds: 1, double: true }),
    { listener },
  );
  expect(order.slice(0, 4)).toEqual(['async 5', 'sync 5', 'async 10', 'sync 10']);
  expect(measured.modes.map(({ warmup }) => warmup[0]?.connecting.connections)).toEqual([1, 5]);
});

it('keeps its connections from round to round: a counted round sets none up', async () => {
  const run = await compare(options('/ok', { rounds: 2 }));
  const set = run.measured.modes.map(({ warmup, rounds }) =>
    [...warmup, ...rounds].map((round) => round.connecting.connections),
  );
  expect(set).toEqual([
    [1, 0, 0],
    [1, 0, 0],
    [5, 0, 0],
  ]);
});

it('has all calls in flight together in the asynchronous mode, and one in the others', async () => {
  const run = await compare(
    options('/together?5', { modes: ['async'], keepAnswers: true, warmup: 0, rounds: 1 }),
  );
  const [round] = run.measured.modes[0]?.rounds ?? [];
  expect(round?.answers).toEqual(Array.from({ length: 5 }, () => ({ together: 5 })));
});

it('warns when counted rounds had to connect again', async () => {
  const warm = await compare(options('/ok', { modes: ['sync'], rounds: 1 }));
  expect(warm.warnings).toEqual([]);
  const again = await compare(options('/until-close', { modes: ['sync'], rounds: 1 }));
  expect(again.warnings).toEqual([expect.stringContaining('sync set up 5 connections again')]);
});

it('makes at least three rounds, then as many as the budget allows', async () => {
  const run = await compare(options('/ok', { rounds: 'fit', budgetMs: 0, warmup: 0 }));
  expect(run.measured.modes.map((mode) => mode.rounds.length)).toEqual([3, 3, 3]);
});

it('ends at the first round in which every call fails, with what failed', async () => {
  const before = await callsSeen();
  const run = await compare(options('/500'));
  expect((await callsSeen()) - before).toBe(5);
  expect(run.measured.modes.map((mode) => mode.rounds.length)).toEqual([0, 0, 0]);
  const [first] = run.measured.modes[2]?.warmup ?? [];
  expect(first?.failures).toMatchObject([{ code: 'HTTP_STATUS', count: 5 }]);
});

it.each(['sync', 'async'] as const)(
  'ends a %s round at once when it is told to, with what was measured',
  async (mode) => {
    const controller = new AbortController();
    const listener = ({ tally }: Progress): void => {
      const watch = setInterval(() => {
        if (tally().begun === 0) return;
        clearInterval(watch);
        controller.abort();
      }, 1);
    };
    const run = await compare(options('/nothing', { modes: [mode], warmup: 0 }), {
      listener,
      signal: controller.signal,
    });
    expect(run.interrupted).toBe(true);
    const [round] = run.measured.modes[0]?.rounds ?? [];
    expect(round?.calls.outcome(0)).toBe('in flight');
    expect(round?.calls.tally()).toMatchObject({ ok: 0, failed: 0 });
  },
);

it.each([
  [{ modes: [] }, 'at least one mode'],
  [{ modes: ['fast' as 'sync'] }, "got 'fast'"],
  [{ budgetMs: Number.NaN }, 'budgetMs'],
  [{ number: 0 }, 'number to be a whole number'],
  [{ concurrency: 1.5 }, 'concurrency to be a whole number'],
  [{ rounds: Number.NaN }, 'rounds to be a whole number'],
])('refuses the options %j', async (wrong, part) => {
  await expect(compare(options('/ok', wrong))).rejects.toThrow(part);
});

it('measures what its own instruments cost', async () => {
  const { overhead } = await compare(options('/ok', { rounds: 1 }));
  expect(overhead.blockingBridgeMs).toBeGreaterThan(0);
  expect(overhead.recordingMs).toBeGreaterThan(0);
});
