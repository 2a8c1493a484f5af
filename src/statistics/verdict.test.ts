import { describe, expect, it } from 'vitest';
import { buildMode, buildRound, buildRun, buildWaves } from '../../test/support/build-run.js';
import { endSlope, predictDoubled } from './doubling.js';
import { CallColumns } from '../core/call-columns.js';
import { NO_RESOURCES } from '../core/run.js';
import { maxInFlight, summarize } from './round-summary.js';
import { judge } from './verdict.js';

const sync = buildMode('sync', [
  buildWaves(10, 1, 200),
  buildWaves(10, 1, 201),
  buildWaves(10, 1, 202),
]);
const async = buildMode('async', [
  buildWaves(10, 10, 204),
  buildWaves(10, 10, 205),
  buildWaves(10, 10, 206),
]);

describe('the verdict', () => {
  it('says how many times faster, how much of the ideal, and that the difference is shown', () => {
    const verdict = judge(buildRun([sync, async]));
    expect(verdict).toMatchObject({ baseline: 'sync', fastest: 'async' });
    expect(verdict?.pairs).toHaveLength(1);
    expect(verdict?.pairs[0]).toMatchObject({ ideal: 10, difference: 'faster' });
    expect(verdict?.pairs[0]?.estimate?.ratio).toBeCloseTo(2010 / 205, 3);
    expect(verdict?.pairs[0]?.efficiency).toBeCloseTo(0.98, 2);
  });

  it('shows no difference where the interval holds one', () => {
    const sequential = buildMode('sequential', [
      buildWaves(10, 1, 202),
      buildWaves(10, 1, 201),
      buildWaves(10, 1, 200),
    ]);
    const verdict = judge(buildRun([sync, sequential]));
    expect(verdict?.pairs[0]?.difference).toBe('none shown');
    expect(verdict?.fastest).toBe('sync');
  });

  it('has a smaller ideal when fewer may be in flight: the number of waves counts', () => {
    const limited = buildMode('async', [buildWaves(10, 4, 200)], 4);
    expect(judge(buildRun([sync, limited]))?.pairs[0]?.ideal).toBeCloseTo(10 / 3);
  });

  it('leaves out pairs of rounds in which calls failed, since a failure can be fast', () => {
    const failing = buildRound([
      [0, 1, 'HTTP_STATUS'],
      ...Array.from({ length: 9 }, () => [0, 205] as const),
    ]);
    const some = buildMode('async', [failing, buildWaves(10, 10, 205), buildWaves(10, 10, 206)]);
    expect(judge(buildRun([sync, some]))?.pairs[0]?.estimate?.pairs).toBe(2);
    const none = buildMode('async', [failing, failing, failing]);
    const verdict = judge(buildRun([sync, none]));
    expect(verdict?.pairs[0]?.estimate).toBeUndefined();
    expect(verdict?.doubling).toBeUndefined();
    expect(verdict?.fastest).toBe('sync');
  });

  it('is not given when the baseline was not measured to its end', () => {
    const { calls, ...rest } = buildWaves(10, 1, 200);
    const cut = new CallColumns(calls.number);
    cut.begin(0, 0);
    const interrupted = buildMode('sync', [{ ...rest, calls: cut }]);
    expect(judge(buildRun([interrupted, async, { ...async, mode: 'sequential' }]))).toBeUndefined();
  });

  it('is not given about one mode alone', () => {
    expect(judge(buildRun([sync]))).toBeUndefined();
    expect(judge(buildRun([sync, buildMode('async', [])]))).toBeUndefined();
  });
});

describe('doubling', () => {
  it('is predicted to be twice as good when nothing but waiting takes time', () => {
    const doubling = judge(buildRun([sync, async]))?.doubling;
    expect(doubling).toMatchObject({ number: 20, how: 'predicted', name: 'async' });
    expect(doubling?.growth).toBeCloseTo(2, 2);
  });

  it('is predicted to be the same when the limit was reached already', () => {
    const limited = buildMode('async', [buildWaves(10, 5, 200)], 5);
    expect(judge(buildRun([sync, limited]))?.doubling?.growth).toBeCloseTo(1, 1);
  });

  it('counts the wave that twice as many calls need more', () => {
    const limited = buildMode('async', [buildWaves(10, 10, 200)], 15);
    expect(predictDoubled(limited, 10, 200)).toBeCloseTo(400, 6);
  });

  it('takes into account what each further call in flight adds', () => {
    const busy = buildMode('async', [
      buildRound(Array.from({ length: 100 }, (_, index) => [index * 0.1, 200 + index] as const)),
    ]);
    expect(endSlope(busy.rounds[0]?.calls ?? expect.fail(), 100)).toBeCloseTo(1, 6);
    expect(predictDoubled(busy, 100, 200)).toBeCloseTo(299 + 100, 6);
  });

  it('takes the CPU time of a call where that is more than the calls ends show', () => {
    const hidden = buildMode('async', [
      { ...buildWaves(100, 100, 200), resources: { ...NO_RESOURCES, userMs: 30, systemMs: 10 } },
    ]);
    expect(predictDoubled(hidden, 100, 200)).toBeCloseTo(200 + 40, 6);
  });

  it('counts the time until the first answer twice where sending, not waiting, is what it took', () => {
    const slowToSend = buildMode('async', [
      buildRound(Array.from({ length: 100 }, (_, index) => [index, 300 + index] as const)),
    ]);
    expect(predictDoubled(slowToSend, 100, 190)).toBeCloseTo(399 + 100 + 300, 6);
    expect(predictDoubled(slowToSend, 100, 290)).toBeCloseTo(399 + 100, 6);
  });

  it('is not misled by latencies that vary: the slowest of twice as many is hardly slower', () => {
    const latencies = [150, 250, 180, 220, 200, 190, 240, 160, 230, 170];
    const varied = buildMode('async', [buildRound(latencies.map((end) => [0, end] as const))]);
    expect(predictDoubled(varied, 10, 200)).toBeLessThan(275);
  });

  it('is the measured one where it was measured', () => {
    const doubled = {
      number: 20,
      modes: [
        buildMode('sync', [buildWaves(20, 1, 200)]),
        buildMode('async', [buildWaves(20, 20, 205)]),
      ],
    };
    const doubling = judge(buildRun([sync, async], { doubled }))?.doubling;
    expect(doubling).toMatchObject({ how: 'measured' });
    expect(doubling?.estimate.ratio).toBeCloseTo(4000 / 205, 6);
  });
});

describe('the summary of a mode', () => {
  it('counts throughput as completed calls over wall time, failed ones left out', () => {
    const round = buildRound([
      [0, 100],
      [0, 200],
      [0, 10, 'CONNECTION_RESET'],
    ]);
    const summary = summarize(buildMode('async', [round]));
    expect(summary).toMatchObject({ ok: 2, failed: 1, throughput: 10, maxInFlight: 3 });
    expect(summary?.latency).toEqual({ p50: 100, p90: 200, p99: 200, max: 200 });
    expect(summary?.failures).toMatchObject([{ code: 'CONNECTION_RESET', count: 1 }]);
  });

  it('leaves out a round that was not made to its end', () => {
    const { calls, ...rest } = buildWaves(3, 3, 10);
    const cut = new CallColumns(3);
    cut.begin(0, 0);
    const summary = summarize(
      buildMode('async', [
        { calls, ...rest },
        { ...rest, calls: cut },
      ]),
    );
    expect(summary?.wallMs).toEqual([10]);
  });

  it('does not count calls that end as another begins as overlapping', () => {
    expect(maxInFlight(buildWaves(10, 1, 5).calls)).toBe(1);
    expect(maxInFlight(buildWaves(10, 4, 5).calls)).toBe(4);
  });
});
