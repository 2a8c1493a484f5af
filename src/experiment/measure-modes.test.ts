import { expect, it } from 'vitest';
import { buildWaves } from '../../test/support/build-run.js';
import type { ModeName } from '../core/run.js';
import type { Contender } from './contender.js';
import { measureModes, type RoundPlan } from './measure-modes.js';

/** A contender whose rounds are made beforehand; the last of them is made again and again. */
function scripted(mode: ModeName, latencies: readonly number[]): Contender {
  let made = 0;
  return {
    name: mode,
    mode,
    task: { kind: 'sleep', text: 'sleep' },
    blockingBridgeMs: undefined,
    concurrency: (number) => (mode === 'async' ? number : 1),
    startRound: (number, concurrency) => {
      const latency = latencies[Math.min(made, latencies.length - 1)] ?? 1;
      made += 1;
      const round = buildWaves(number, concurrency, latency);
      return { calls: round.calls, result: Promise.resolve(round) };
    },
    stop: async () => {},
  };
}

async function roundsOf(
  contenders: readonly Contender[],
  over: Partial<RoundPlan> = {},
): Promise<{ order: string[]; warmup: number[]; counted: number[] }> {
  const plan: RoundPlan = {
    numbers: [10],
    limits: { inFlight: Number.POSITIVE_INFINITY, threads: 1 },
    warmup: 'detect',
    rounds: 'fit',
    budgetMs: 60_000,
    keepAnswers: false,
    ...over,
  };
  const order: string[] = [];
  const [measured] = await measureModes(
    contenders,
    plan,
    ({ stage, name, rounds }) => order.push(`${stage} ${name} ${rounds}`),
    new AbortController().signal,
  );
  return {
    order,
    warmup: measured?.modes.map((mode) => mode.warmup.length) ?? [],
    counted: measured?.modes.map((mode) => mode.rounds.length) ?? [],
  };
}

it('warms each contender up until it gets no faster, and none waits for another', async () => {
  const { order, warmup } = await roundsOf([
    scripted('sync', [200]),
    scripted('async', [260, 210, 205]),
  ]);
  expect(warmup).toEqual([1, 3]);
  expect(order.slice(0, 5)).toEqual([
    'warm-up async fit',
    'warm-up sync fit',
    'warm-up async fit',
    'warm-up async fit',
    'round async 10',
  ]);
});

it('gives warming up up after five rounds', async () => {
  const halving = Array.from({ length: 20 }, (_, index) => 1024 / 2 ** index);
  expect((await roundsOf([scripted('async', halving)])).warmup).toEqual([5]);
});

it('makes exactly as many rounds to warm up as asked for', async () => {
  const contenders = [scripted('sync', [200]), scripted('async', [200])];
  expect((await roundsOf(contenders, { warmup: 2 })).warmup).toEqual([2, 2]);
});

it('makes ten rounds at most, three at least, and exactly those asked for', async () => {
  const contenders = [scripted('sync', [200]), scripted('async', [200])];
  expect((await roundsOf(contenders)).counted).toEqual([10, 10]);
  expect((await roundsOf(contenders, { budgetMs: 0 })).counted).toEqual([3, 3]);
  expect((await roundsOf(contenders, { rounds: 12 })).counted).toEqual([12, 12]);
  expect((await roundsOf(contenders, { rounds: 1 })).counted).toEqual([1, 1]);
});

it('knows the number of rounds after the first one where there is no warm-up', async () => {
  const { order } = await roundsOf([scripted('sync', [200])], { warmup: 0, budgetMs: 0 });
  expect(order).toEqual(['round sync fit', 'round sync 3', 'round sync 3']);
});
