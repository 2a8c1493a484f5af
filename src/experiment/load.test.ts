import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../../test/support/fault-server.js';
import { makeOneCall } from '../clients/asynchronous.js';
import type { LoadRun } from '../core/load.js';
import { startPracticeServer, type PracticeServer } from '../server/index.js';
import { summarizeLoad } from '../statistics/load-summary.js';
import { httpTask } from '../tasks/http-task.js';
import { sleepTask } from '../tasks/sleep-task.js';
import { load } from './load.js';
import type { LoadOptions } from './load-options.js';

let server: FaultServer;
let stalling: PracticeServer;
beforeAll(async () => {
  server = await startFaultServer();
  stalling = await startPracticeServer({
    port: 0,
    latencyMs: 1,
    stallMs: 150,
    stallEveryMs: 300,
  });
});
afterAll(async () => {
  await server.close();
  await stalling.close();
});

const MODES = ['sync', 'async', 'loop'] as const;
const CONCURRENT = ['async', 'loop'] as const;
const DEAD = 'http://127.0.0.1:1/';

function run(path: string, over: Partial<LoadOptions>): Promise<LoadRun> {
  const task = httpTask(server.url + path, { timeoutMs: 5000 });
  return load({ task, mode: 'async', cutWarmup: false, ...over });
}

async function callsSeen(): Promise<number> {
  return Number(Reflect.get(Object(await makeOneCall(`${server.url}/seen`)), 'calls'));
}

/** Holds for every run, whatever became of it. */
function expectConsistent({ counts, buckets, failures, wallMs, interrupted }: LoadRun): void {
  const sum = (which: 'ok' | 'failed'): number =>
    buckets.reduce((total, bucket) => total + bucket[which], 0);
  expect(counts.ok + counts.failed + counts.unfinished).toBe(counts.begun);
  expect([sum('ok'), sum('failed')]).toEqual([counts.ok, counts.failed]);
  expect(failures.reduce((total, { count }) => total + count, 0)).toBe(counts.failed);
  const recorded = buckets.reduce((total, { service }) => total + service.count(), 0);
  // A thread that is ended may have recorded a latency whose call it has not counted.
  expect(recorded - counts.ok).toBeLessThanOrEqual(interrupted ? 1 : 0);
  expect(recorded).toBeGreaterThanOrEqual(counts.ok);
  expect(wallMs).toBeGreaterThan(0);
}

describe.each(MODES)('a closed loop in the mode %s', (mode) => {
  it('makes calls for so long, every one of them counted', async () => {
    const before = await callsSeen();
    const observed = await run('/ok', { mode, durationMs: 200, concurrency: 4 });
    expect((await callsSeen()) - before).toBe(observed.counts.begun);
    expectConsistent(observed);
    expect(observed.counts).toMatchObject({ failed: 0, unfinished: 0, neverBegun: 0 });
    expect(observed.counts.ok).toBeGreaterThan(4);
    expect(observed.wallMs).toBeGreaterThanOrEqual(200);
    expect(observed.plan.concurrency).toBe(mode === 'sync' ? 1 : 4);
    const { throughput, ok } = summarizeLoad(observed);
    expect(throughput).toBeCloseTo((ok / observed.wallMs) * 1000, 6);
    expect(observed.overhead.recordingMs).toBeGreaterThan(0);
  });

  it('has no latency of failed calls', async () => {
    const observed = await run('/500', { mode, durationMs: 100, concurrency: 2 });
    expectConsistent(observed);
    expect(observed.counts.ok).toBe(0);
    expect(observed.failures).toMatchObject([{ code: 'HTTP_STATUS' }]);
    expect(summarizeLoad(observed).latency).toBeUndefined();
  });

  it('ends early, and does not knock on and on, where nobody listens', async () => {
    const observed = await load({ task: httpTask(DEAD), mode, durationMs: 60_000, concurrency: 4 });
    expectConsistent(observed);
    expect(observed.wallMs).toBeLessThan(30_000);
    expect(observed.counts.ok).toBe(0);
    // Without pauses it would be tens of thousands.
    expect(observed.counts.failed).toBeLessThan(2000);
  });

  it('ends where it is when it is told to', async () => {
    const stop = new AbortController();
    const listener = ({ tally }: { tally: () => { ok: number } }): void => {
      const watch = setInterval(() => {
        if (tally().ok < 10) return;
        clearInterval(watch);
        stop.abort();
      }, 1);
    };
    const task = httpTask(`${server.url}/ok`);
    const options = { task, mode, durationMs: 60_000, concurrency: 2 };
    const observed = await load(options, { listener, signal: stop.signal });
    expectConsistent(observed);
    expect(observed.interrupted).toBe(true);
    expect(observed.counts.ok).toBeGreaterThanOrEqual(10);
    expect(observed.wallMs).toBeLessThan(30_000);
  });
});

describe.each(CONCURRENT)('an open loop in the mode %s', (mode) => {
  it('makes exactly as many calls as were asked for', async () => {
    const before = await callsSeen();
    const observed = await run('/ok', { mode, number: 57, ratePerSecond: 400 });
    expect((await callsSeen()) - before).toBe(57);
    expectConsistent(observed);
    expect(observed.counts).toEqual({ begun: 57, ok: 57, failed: 0, unfinished: 0, neverBegun: 0 });
    expect(observed.wallMs).toBeGreaterThanOrEqual(57 / 0.4);
  });

  it('makes the calls that are due in a time', async () => {
    const observed = await run('/ok', { mode, durationMs: 250, ratePerSecond: 200 });
    expectConsistent(observed);
    expect(observed.counts).toMatchObject({ begun: 50, ok: 50, neverBegun: 0 });
    const begun = observed.buckets.reduce((sum, { lateness }) => sum + (lateness?.count() ?? 0), 0);
    expect(begun).toBe(50);
  });

  it('shows a stall in the corrected latency that the uncorrected one hides', async () => {
    const task = httpTask(`${stalling.url}/say-hi`);
    const options = { task, mode, number: 180, ratePerSecond: 200, concurrency: 1 };
    const observed = await load({ ...options, cutWarmup: false });
    expectConsistent(observed);
    const { latency, service } = summarizeLoad(observed);
    // The stalls take half of the time and hit three calls of 180.
    expect(service?.p75).toBeLessThan(75);
    expect(latency?.p75).toBeGreaterThan(2 * (service?.p75 ?? Infinity));
    expect(latency?.max).toBeGreaterThan(100);
    expect(service?.max).toBeGreaterThan(100);
  });

  it('gives up what is still in flight after the grace', async () => {
    const options = { mode, durationMs: 50, ratePerSecond: 100, concurrency: 3 };
    const observed = await run('/nothing', options);
    expectConsistent(observed);
    expect(observed.counts).toEqual({ begun: 3, ok: 0, failed: 0, unfinished: 3, neverBegun: 2 });
    expect(observed.warnings).toHaveLength(2);
  });
});

it('counts what was due and waited for its turn when it is stopped', async () => {
  const task = httpTask(`${server.url}/nothing`, { timeoutMs: 60_000 });
  const control = new AbortController();
  const observed = await load(
    { task, mode: 'async', number: 100, ratePerSecond: 1_000_000, concurrency: 2 },
    {
      signal: control.signal,
      listener: ({ tally }) => {
        const timer = setInterval(() => {
          if (tally().begun < 2) return;
          clearInterval(timer);
          control.abort();
        }, 1);
      },
    },
  );
  expect(observed.interrupted).toBe(true);
  expect(observed.counts).toEqual({ begun: 2, ok: 0, failed: 0, unfinished: 2, neverBegun: 98 });
});

it('puts any task under load', async () => {
  const task = sleepTask(5);
  const observed = await load({ task, mode: 'async', durationMs: 100, concurrency: 20 });
  expectConsistent(observed);
  expect(observed.counts.ok).toBeGreaterThan(20);
  expect(observed.connecting.connections).toBe(0);
});

it.each<[Partial<LoadOptions>, string]>([
  [{}, 'either a duration or a number'],
  [{ durationMs: 10, number: 5 }, 'either a duration or a number'],
  [{ number: 5 }, 'a rate with the number'],
  [{ mode: 'sync', durationMs: 10, ratePerSecond: 5 }, 'sync makes one after another'],
  [{ durationMs: Number.NaN }, 'durationMs'],
  [{ durationMs: 10, ratePerSecond: 0 }, 'ratePerSecond'],
  [{ number: 1.5, ratePerSecond: 5 }, 'number to be a whole number'],
  [{ durationMs: 10, concurrency: 0 }, 'concurrency to be a whole number'],
])('refuses the options %j', async (wrong, part) => {
  await expect(run('/ok', wrong)).rejects.toThrow(part);
});
