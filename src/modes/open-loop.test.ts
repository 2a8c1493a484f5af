import { describe, expect, it } from 'vitest';
import { ManualLoadClock } from '../../test/support/manual-load-clock.js';
import { LoadColumns } from '../core/load-columns.js';
import { LatencyHistogram } from '../core/latency-histogram.js';
import type { LoadBucket } from '../core/load.js';
import { callsDue, runOpenLoop, type OpenLoop } from './open-loop.js';

/** What a server does with a call that comes at a time: the time of its answer. */
type Server = (nowMs: number) => number;

interface Seen {
  readonly corrected: LatencyHistogram;
  readonly uncorrected: LatencyHistogram;
  readonly lateness: LatencyHistogram;
  readonly columns: LoadColumns;
  readonly startsMs: readonly number[];
  readonly wallMs: number;
}

async function load(
  loop: OpenLoop,
  server: Server,
  goesOn = () => true,
  clockIsLateMs = 0,
): Promise<Seen> {
  const clock = new ManualLoadClock(clockIsLateMs);
  const columns = new LoadColumns({ bucketMs: 1000, intervalMs: loop.intervalMs });
  const startsMs: number[] = [];
  const running = runOpenLoop(loop, {
    clock,
    over: new Promise(() => {}),
    goesOn,
    pauseMs: () => 0,
    late: (byMs) => columns.late(byMs, clock.now()),
    neverBegun: (calls) => columns.neverBegun(calls),
    once: async (index) => {
      startsMs.push(clock.now());
      columns.begin(index, clock.now());
      await clock.until(server(clock.now()));
      columns.end(index, clock.now(), 200);
    },
  });
  await clock.runUntil(running);
  const sum = (which: (bucket: LoadBucket) => LatencyHistogram): LatencyHistogram => {
    const total = new LatencyHistogram();
    for (const bucket of columns.buckets()) total.add(which(bucket));
    return total;
  };
  return {
    corrected: sum(({ latency }) => latency),
    uncorrected: sum(({ service }) => service),
    lateness: sum(({ lateness }) => lateness ?? new LatencyHistogram()),
    columns,
    startsMs,
    wallMs: clock.now(),
  };
}

/** Answers after a millisecond, but nothing in the last second of every ten. */
function stallsOneSecondInTen(nowMs: number): number {
  const dueMs = nowMs + 1;
  return dueMs % 10_000 < 9000 ? dueMs : Math.ceil(dueMs / 10_000) * 10_000;
}

// HdrHistogram's cells are less than a thousandth wide.
function within(value: number | undefined, expected: number): void {
  expect(value).toBeGreaterThanOrEqual(expected);
  expect(value).toBeLessThanOrEqual(expected * 1.001);
}

describe('a server that stalls one second in ten, asked 100 times a second over one connection', () => {
  // Of each 1,000 calls, number 900 is intended for the beginning of the stall, 9,000 ms, and is answered at 10,000 ms. The
  // k-th after it is intended for 9,000 + 10 k ms and ends, one after another at a millisecond each, at 10,000 + k ms: its
  // latency is 1,000 - 9 k ms, down to 10 ms for k = 110; from k = 111 on all is as before. The tenth stall is the end of the
  // 10,000 calls, so that k = 0 … 99 come ten times and k = 100 … 110 nine times: 1,099 slow calls, 8,901 of 1 ms.
  const loop = { intervalMs: 10, concurrency: 1, durationMs: undefined, number: 10_000 };

  it('shows the stall to who counts from the intended start', async () => {
    const { corrected } = await load(loop, stallsOneSecondInTen);
    expect(corrected.count()).toBe(10_000);
    within(corrected.percentileMs(0.5), 1);
    within(corrected.percentileMs(0.8901), 1);
    within(corrected.percentileMs(0.8902), 10);
    within(corrected.percentileMs(0.9), 1000 - 9 * 100);
    within(corrected.percentileMs(0.99), 1000 - 9 * 10);
    within(corrected.percentileMs(0.999), 1000 - 9 * 1);
    expect(corrected.maxMs()).toBe(1000);
  });

  it('hides it from who counts from the actual start: one call of a thousand is slow', async () => {
    const { uncorrected } = await load(loop, stallsOneSecondInTen);
    within(uncorrected.percentileMs(0.5), 1);
    within(uncorrected.percentileMs(0.99), 1);
    within(uncorrected.percentileMs(0.999), 1);
    within(uncorrected.percentileMs(0.9991), 1000);
    expect(uncorrected.maxMs()).toBe(1000);
  });

  it('is not our doing: no call began late that could have begun', async () => {
    expect((await load(loop, stallsOneSecondInTen)).lateness.maxMs()).toBe(0.001);
  });

  it('keeps the rate on the whole', async () => {
    const { wallMs } = await load(loop, stallsOneSecondInTen);
    // The last hundred calls end one after another after the last stall.
    expect(wallMs).toBe(100_099);
  });
});

it('with connections enough both agree, since no call has to wait for its turn', async () => {
  const loop = { intervalMs: 10, concurrency: 1000, durationMs: undefined, number: 1000 };
  const { corrected, uncorrected } = await load(loop, stallsOneSecondInTen);
  expect([...corrected.cells()]).toEqual([...uncorrected.cells()]);
  // Those of the stall take 1,000, 990, … 10 ms: a hundred of a thousand.
  within(corrected.percentileMs(0.9), 1);
  within(corrected.percentileMs(0.99), 900);
});

describe('an open loop', () => {
  const steady: Server = (nowMs) => nowMs + 25;

  it('begins each call at its time, whatever the answers', async () => {
    const loop = { intervalMs: 10, concurrency: 100, durationMs: 100, number: undefined };
    const { startsMs } = await load(loop, steady);
    expect(startsMs).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
  });

  it('never has more in flight than it may', async () => {
    const loop = { intervalMs: 10, concurrency: 2, durationMs: 100, number: undefined };
    const { startsMs, columns } = await load(loop, steady);
    expect(Math.max(...columns.buckets().map(({ inFlight }) => inFlight))).toBe(2);
    // Two at a time, 25 ms each.
    expect(startsMs).toEqual([0, 10, 25, 35, 50, 60, 75, 85]);
    expect(columns.tally().neverBegun).toBe(2);
  });

  it('begins what was due before the end and could have begun, even where its clock comes late', async () => {
    const loop = { intervalMs: 10, concurrency: 100, durationMs: 100, number: undefined };
    const slow: Server = (nowMs) => nowMs + 1000;
    const { startsMs, columns, lateness } = await load(loop, slow, () => true, 35);
    // Nothing ends meanwhile, so that only the clock says that calls are due.
    expect(startsMs).toEqual([0, 45, 45, 45, 45, 85, 85, 85, 85, 125]);
    expect(columns.tally().neverBegun).toBe(0);
    expect(lateness.maxMs()).toBe(35);
  });

  it('makes exactly as many as were asked for, however long that takes', async () => {
    const loop = { intervalMs: 1, concurrency: 1, durationMs: undefined, number: 100 };
    const { columns, wallMs } = await load(loop, steady);
    expect(columns.tally()).toEqual({ begun: 100, ok: 100, failed: 0, neverBegun: 0 });
    expect(wallMs).toBe(2500);
  });

  it('gives up what is in flight two seconds after the end', async () => {
    const loop = { intervalMs: 10, concurrency: 50, durationMs: 100, number: undefined };
    const never: Server = () => 1e9;
    const { columns, wallMs } = await load(loop, never);
    expect(columns.tally()).toEqual({ begun: 10, ok: 0, failed: 0, neverBegun: 0 });
    expect(wallMs).toBe(2100);
  });

  it('ends when there is no use in going on', async () => {
    const loop = { intervalMs: 10, concurrency: 50, durationMs: 1000, number: undefined };
    let asked = 0;
    const { columns } = await load(loop, steady, () => {
      asked += 1;
      return asked < 5;
    });
    const { begun, ok } = columns.tally();
    expect([begun < 6, ok === begun]).toEqual([true, true]);
  });
});

it.each([
  [{ durationMs: 1000, number: undefined }, 100],
  [{ durationMs: 1001, number: undefined }, 101],
  [{ durationMs: undefined, number: 7 }, 7],
])('%j at 100 a second are %d calls', (end, calls) => {
  expect(callsDue({ intervalMs: 10, concurrency: 1, ...end }, Infinity)).toBe(calls);
});
