import { expect, it } from 'vitest';
import { ManualLoadClock } from '../../test/support/manual-load-clock.js';
import { runBlockingLoop, runClosedLoop } from './closed-loop.js';
import { Trouble } from './trouble.js';

interface Call {
  readonly index: number;
  readonly startMs: number;
}

async function load(
  concurrency: number,
  durationMs: number,
  latencyMs: (index: number) => number,
  pauseMs = () => 0,
): Promise<{ calls: Call[]; ended: number; wallMs: number }> {
  const clock = new ManualLoadClock();
  const calls: Call[] = [];
  let ended = 0;
  const running = runClosedLoop(
    { concurrency, durationMs },
    {
      clock,
      over: new Promise(() => {}),
      goesOn: () => true,
      pauseMs,
      late: () => {},
      neverBegun: () => {},
      once: async (index) => {
        calls.push({ index, startMs: clock.now() });
        await clock.until(clock.now() + latencyMs(index));
        ended += 1;
      },
    },
  );
  await clock.runUntil(running);
  return { calls, ended, wallMs: clock.now() };
}

it('begins a call whenever one ends, until the time is over, and waits for the last', async () => {
  const { calls, ended, wallMs } = await load(2, 100, (index) => (index === 0 ? 70 : 30));
  expect(calls.map(({ startMs }) => startMs)).toEqual([0, 0, 30, 60, 70, 90]);
  expect([ended, wallMs]).toEqual([6, 120]);
});

it('gives up what is in flight two seconds after the end', async () => {
  const { ended, wallMs } = await load(3, 100, (index) => (index === 1 ? 1e9 : 60));
  expect([ended, wallMs]).toEqual([4, 2100]);
});

it('pauses between calls when it is told to', async () => {
  const { calls } = await load(
    1,
    100,
    () => 10,
    () => 40,
  );
  expect(calls.map(({ startMs }) => startMs)).toEqual([0, 50]);
});

it('makes one call after another where the thread is blocked', () => {
  let now = 0;
  const calls: number[] = [];
  runBlockingLoop(100, () => now, {
    goesOn: () => true,
    pauseMs: () => 0,
    once: (index) => {
      calls.push(index);
      now += 30;
    },
  });
  expect(calls).toEqual([0, 1, 2, 3]);
});

it('failures without an answer in a row slow the calls down, up to a second, until one is answered', () => {
  const trouble = new Trouble();
  const fail = (times: number): void => {
    for (let count = 0; count < times; count += 1) trouble.ended(1, 0, 'CONNECTION_REFUSED');
  };
  fail(49);
  expect(trouble.pauseMs()).toBe(0);
  fail(1);
  expect(trouble.pauseMs()).toBe(10);
  fail(100);
  expect(trouble.pauseMs()).toBe(40);
  fail(10_000);
  expect(trouble.pauseMs()).toBe(1000);
  trouble.ended(2, 500, 'HTTP_STATUS');
  expect(trouble.pauseMs()).toBe(0);
});

it('there is no hope when half a second brought nothing but failures without an answer', () => {
  const trouble = new Trouble();
  expect(trouble.isHopeless(1e6)).toBe(false);
  trouble.ended(100, 0, 'CONNECTION_REFUSED');
  expect([trouble.isHopeless(599), trouble.isHopeless(600)]).toEqual([false, true]);
  trouble.ended(610, 0, 'TIMEOUT');
  expect(trouble.isHopeless(1e6)).toBe(false);
});
