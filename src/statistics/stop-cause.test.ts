import { describe, expect, it } from 'vitest';
import { buildRound } from '../../test/support/build-run.js';
import { buildLevel, buildSlots, buildSweep, type Seen } from '../../test/support/build-sweep.js';
import type { SweepLevel, SweepRun } from '../core/sweep.js';
import { CAUSE_NAMES, type StopCause } from './stop-cause.js';
import { judgeSweep } from './sweep-verdict.js';

function causeOf(levels: readonly SweepLevel[], over: Partial<SweepRun> = {}): StopCause {
  const cause = judgeSweep(buildSweep(levels, over))?.cause;
  if (cause === undefined) throw new Error('nothing was measured');
  return cause;
}

const FILE = { task: { kind: 'file', text: 'file a' } } as const;
const PI = { task: { kind: 'pi', text: 'pi 2000' } } as const;
const MODULE = { task: { kind: 'module', text: './task.ts' } } as const;
const DOUBLED = [1, 2, 4, 8, 16, 32];

/** Levels that gain up to `stop` and then only in latency. */
function flatFrom(
  stop: number,
  latencyMs: number,
  seen: (c: number) => Seen = () => ({}),
): SweepLevel[] {
  return DOUBLED.map((c) => buildLevel(c, Math.max(1, c / stop) * latencyMs, seen(c)));
}

/** Calls of 50 ms, as many of them together as are allowed. */
function wavesOf(number: number, concurrency: number): (readonly [number, number])[] {
  return Array.from({ length: number }, (_, call) => {
    const wave = Math.floor(call / concurrency);
    return [wave * 50, (wave + 1) * 50];
  });
}

describe('what stops the gain', () => {
  it('is the slots of a server that says how long calls queue', () => {
    const cause = causeOf(buildSlots(8, 50));
    expect(cause).toMatchObject({ name: 'server-slots', certain: true });
    // 160 calls a second of 50 ms each.
    expect(cause.evidence).toContain('are 8.00 served at once');
    expect(cause.evidence).toContain('50.0 ms with 16 in flight');
  });

  it('is probably the server where it does not say so, or says that nothing queues', () => {
    const cause = causeOf(buildSlots(8, 50, false));
    expect(cause).toMatchObject({ name: 'server', certain: false });
    expect(cause.evidence).toContain('the server serves about 8.00 at once');
    expect(causeOf(flatFrom(8, 50, () => ({ serverQueueMs: 0.01 }))).name).toBe('server');
    // Of the 50 ms that a call takes longer it tells of 5.
    expect(causeOf(flatFrom(8, 50, (c) => ({ serverQueueMs: c > 8 ? 5 : 0 }))).name).toBe('server');
  });

  it('is whoever the function of a module waits for', () => {
    expect(causeOf(flatFrom(8, 50), MODULE).evidence).toContain('what the task waits for serves');
  });

  it('is the thread that makes the calls when it has no time left', () => {
    const busy = flatFrom(8, 5, (c) => ({
      threadShare: Math.min(0.97, c * 0.12),
      loopShare: Math.min(0.99, c * 0.13),
      cpuShare: Math.min(1.1, c * 0.13),
    }));
    const cause = causeOf(busy);
    expect(cause).toMatchObject({ name: 'client-cpu', certain: true });
    expect(cause.evidence).toContain('computed 96 % of the time with 8 in flight');
  });

  it('is that thread, too, when other programs have the cores that it wants', () => {
    const starved = flatFrom(8, 5, (c) => ({
      threadShare: Math.min(0.5, c * 0.06),
      queuedShare: Math.min(0.45, c * 0.06),
      loopShare: Math.min(0.98, c * 0.13),
    }));
    const cause = causeOf(starved);
    expect(cause.name).toBe('client-cpu');
    expect(cause.evidence).toContain('waited 45 % of it for a core');
  });

  it('is that there is nothing to wait for', () => {
    const all = { threadShare: 0.99, loopShare: 1, cpuShare: 1 };
    const cause = causeOf(
      flatFrom(1, 5, () => all),
      PI,
    );
    expect(cause).toMatchObject({ name: 'client-cpu', certain: true });
    expect(cause.evidence).toContain('nothing to wait for');
  });

  it('is that, too, when other programs made some levels slower than others', () => {
    const starved = { threadShare: 0.5, queuedShare: 0.5, loopShare: 1, cpuShare: 0.5 };
    const levels = [
      [1, 10],
      [2, 14],
      [4, 40],
      [8, 80],
    ].map(([c = 1, ms = 1]) => buildLevel(c, ms, starved));
    expect(causeOf(levels, PI).evidence).toContain('nothing to wait for');
    const short = levels.map(({ concurrency }) =>
      buildLevel(concurrency, concurrency * 0.6 + 0.4, { ...starved, loopShare: 0.6 }),
    );
    expect(causeOf(short).evidence).toContain('the thread that makes the calls computed');
  });

  it('is a task that blocks its thread without computing', () => {
    const blocked = { threadShare: 0.01, loopShare: 1 };
    expect(
      causeOf(
        flatFrom(1, 20, () => blocked),
        MODULE,
      ).name,
    ).toBe('blocked');
  });

  it('is the cores when this process uses all of them', () => {
    const cause = causeOf(
      flatFrom(2, 5, (c) => ({ cpuShare: Math.min(1.95, c) })),
      FILE,
    );
    expect(cause).toMatchObject({ name: 'cores', certain: true });
    expect(cause.evidence).toContain('1.95 of 2 cores');
  });

  it('is the cores for a pool of threads that computes, though other programs take their share', () => {
    const limits = { poolThreads: 4, threads: 2, connections: 100 };
    const shared = flatFrom(2, 5, (c) => ({ cpuShare: Math.min(1.4, c * 0.95) }));
    expect(causeOf(shared, { ...PI, mode: 'threads', limits })).toMatchObject({
      name: 'cores',
      certain: false,
    });
  });

  it("is libuv's pool when a look-up of a file waits as long as the calls do", () => {
    const waits = flatFrom(4, 20, (c) => ({ poolWaitMs: c > 4 ? 20 * (c / 4 - 1) : 0.1 }));
    const cause = causeOf(waits, FILE);
    expect(cause).toMatchObject({ name: 'threadpool', certain: true });
    expect(cause.evidence).toContain('has 4 threads');
  });

  it('is the pool of the mode threads when its threads wait', () => {
    const limits = { poolThreads: 4, threads: 8, connections: 100 };
    const sleep = {
      task: { kind: 'sleep', text: 'sleep 20 ms' },
      mode: 'threads',
      limits,
    } as const;
    expect(causeOf(flatFrom(8, 20), sleep).name).toBe('threadpool');
  });

  it('is rate limiting as soon as a call is refused for it', () => {
    const refused = buildRound([
      [0, 5],
      [0, 1, 'RATE_LIMITED'],
    ]);
    const levels = [...flatFrom(8, 50), { concurrency: 64, number: 2, rounds: [refused] }];
    const cause = causeOf(levels);
    expect(cause.name).toBe('rate-limit');
    expect(cause.evidence).toContain('refused 1 of 2 calls');
  });

  it('is rate limiting where every call of the next level is refused for it', () => {
    const refused = buildRound([
      [0, 1, 'RATE_LIMITED'],
      [0, 1, 'RATE_LIMITED'],
    ]);
    const rising = [1, 2, 4].map((c) => buildLevel(c, 50));
    const cause = causeOf([...rising, { concurrency: 8, number: 2, rounds: [refused] }]);
    expect(cause).toMatchObject({ name: 'rate-limit', certain: true });
    expect(cause.evidence).toContain('refused 2 of 2 calls');
    expect(cause.evidence).toContain('from 8 in flight on');
  });

  it('is not known, and never latency, where every call of the next level fails', () => {
    const failed = buildRound([[0, 1, 'CONNECTION_REFUSED']]);
    const rising = [1, 2, 4].map((c) => buildLevel(c, 50));
    const cause = causeOf([...rising, { concurrency: 8, number: 1, rounds: [failed] }]);
    expect(cause).toMatchObject({ name: 'unknown', certain: false });
    expect(cause.evidence).toMatch(/^with 8 in flight every call failed, CONNECTION_REFUSED: /);
  });

  it('is the limit on connections when that ends the sweep while it still gains', () => {
    const limits = { poolThreads: 4, threads: undefined, connections: 32 };
    const rising = DOUBLED.map((c) => buildLevel(c, 50));
    expect(causeOf(rising, { limits }).name).toBe('connections');
  });

  it('is probably bandwidth where large bodies come in no faster', () => {
    const large = flatFrom(4, 50, (c) => ({ bytes: 20 * c * 1e6 }));
    expect(causeOf(large)).toMatchObject({ name: 'bandwidth', certain: false });
  });

  it('is that a last wave is not full, where calls are swept over', () => {
    const levels = [1, 2, 4, 8, 16].map((number): SweepLevel => {
      const concurrency = Math.min(number, 10);
      return { concurrency, number, rounds: [buildRound(wavesOf(number, concurrency))] };
    });
    const cause = causeOf(levels, { over: 'number' });
    expect(cause.name).toBe('too-few-calls');
    expect(cause.evidence).toContain('16 calls with 10 in flight take 2 waves');
  });

  it('is the limit on calls in flight, where calls are swept over and just as many fill it', () => {
    const levels = [1, 2, 4, 8, 16, 32].map((number): SweepLevel => {
      const concurrency = Math.min(number, 8);
      return { concurrency, number, rounds: [buildRound(wavesOf(number, concurrency))] };
    });
    const cause = causeOf(levels, { over: 'number' });
    expect(cause).toMatchObject({ name: 'connections', certain: true });
    expect(cause.evidence).toContain('no more than 8 calls were allowed in flight');
  });

  it('is nothing but latency as long as every doubling gains', () => {
    const cause = causeOf(DOUBLED.map((c) => buildLevel(c, 50)));
    expect(cause).toMatchObject({ name: 'latency', certain: true });
    expect(cause.evidence).toContain('32.0 times the throughput of one at a time');
  });

  it('is not known when nothing fits: the calls take no longer, but there are not more of them', () => {
    const odd = DOUBLED.map((c): SweepLevel => {
      const level = buildLevel(c, 50);
      const [round] = level.rounds;
      const slow = round && { ...round, wallMs: round.wallMs * Math.max(1, c / 4) };
      return { concurrency: c, number: level.number, rounds: slow === undefined ? [] : [slow] };
    });
    const cause = causeOf(odd);
    expect(cause).toMatchObject({ name: 'unknown', certain: false });
    expect(cause.evidence).toContain('none of the known causes fits');
  });
});

it('every cause has a name of its own', () => {
  expect(new Set(CAUSE_NAMES).size).toBe(CAUSE_NAMES.length);
});
