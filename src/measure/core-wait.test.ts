import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CoreWait, type CoreTimes } from './core-wait.js';

// Each look has its moment and for each thread: CPU time and time without a core, so far.
type Look = readonly [nowMs: number, threads: Readonly<Record<string, readonly [number, number]>>];

function waitOf(...looks: Look[]): CoreWait {
  const wait = new CoreWait();
  for (const [nowMs, threads] of looks) {
    const times = Object.entries(threads).map(([id, [cpuMs, readyMs]]): [string, CoreTimes] => [
      id,
      { cpuMs, readyMs },
    ]);
    wait.look(nowMs, new Map(times));
  }
  return wait;
}

describe('the time without a core', () => {
  it('is that of the one thread there is', () => {
    const wait = waitOf([100, { a: [30, 60] }], [200, { a: [40, 130] }]);
    expect(wait.total({ wallMs: 200, cpuMs: 40 })).toBe(130);
  });

  it('counts a wait that ended later than the time in which it was', () => {
    const wait = waitOf([100, { a: [10, 0] }], [200, { a: [70, 110] }]);
    expect(wait.total({ wallMs: 200, cpuMs: 70 })).toBe(110);
  });

  it('counts a wait of any length, which no look could see before it ended', () => {
    const wait = waitOf([5, { a: [1, 0] }], [1000, { a: [1, 0] }], [2000, { a: [10, 1985] }]);
    expect(wait.total({ wallMs: 2000, cpuMs: 10 })).toBe(1985);
  });

  it('does not count threads that wait while others of the program compute', () => {
    const wait = waitOf([100, { a: [50, 50], b: [50, 50], c: [50, 50], d: [50, 50] }]);
    expect(wait.total({ wallMs: 1100, cpuMs: 200 })).toBe(0);
    const rested = waitOf(
      [5, { a: [1, 0], b: [1, 0], c: [1, 0], d: [1, 0] }],
      [1000, { a: [1, 0], b: [1, 0], c: [1, 0], d: [1, 0] }],
      [1100, { a: [51, 50], b: [51, 50], c: [51, 50], d: [51, 50] }],
    );
    expect(rested.total({ wallMs: 1100, cpuMs: 204 })).toBe(50);
  });

  it('counts threads that wait together once', () => {
    const wait = waitOf([100, { a: [10, 90], b: [10, 90] }]);
    expect(wait.total({ wallMs: 100, cpuMs: 20 })).toBe(80);
  });

  it('counts what is new, and leaves what is gone as it was', () => {
    const wait = waitOf([100, { a: [50, 50] }], [200, { b: [20, 70] }]);
    expect(wait.total({ wallMs: 200, cpuMs: 70 })).toBe(120);
  });

  it('takes what ended between two looks to have waited as long for each millisecond', () => {
    const wait = waitOf([100, { a: [40, 60] }]);
    expect(wait.total({ wallMs: 200, cpuMs: 60 })).toBe(90);
  });

  it('is not known where most of the CPU time was not seen', () => {
    expect(waitOf().total({ wallMs: 100, cpuMs: 80 })).toBeUndefined();
    expect(waitOf([10, { a: [10, 0] }]).total({ wallMs: 100, cpuMs: 21 })).toBeUndefined();
  });

  it('of what only slept is known although little was seen of it', () => {
    expect(waitOf().total({ wallMs: 1000, cpuMs: 1 })).toBe(0);
  });

  it('is never more than the time that is left beside the CPU time, nor less than nothing', () => {
    const time = fc.double({ min: 0, max: 1e6, noNaN: true });
    const times = fc.tuple(time, time);
    const looks = fc.array(fc.tuple(time, fc.dictionary(fc.constantFrom('a', 'b', 'c'), times)));
    fc.assert(
      fc.property(looks, time, time, (seen, wallMs, cpuMs) => {
        const inOrder = seen.toSorted(([a], [b]) => a - b);
        const totalMs = waitOf(...inOrder).total({ wallMs, cpuMs }) ?? 0;
        expect(totalMs).toBeGreaterThanOrEqual(0);
        expect(totalMs).toBeLessThanOrEqual(Math.max(wallMs - cpuMs, 0));
      }),
    );
  });
});
