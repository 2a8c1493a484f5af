import { describe, expect, it } from 'vitest';
import { buildMode, buildRound, buildRun, buildWaves } from '../../test/support/build-run.js';
import { traceDocument } from './trace-document.js';

const round = buildRound([
  [0, 100],
  [0.5, 60.25, 'TIMEOUT'],
]);
round.calls.reach(0, 20, 70);
const run = buildRun([buildMode('sync', [buildWaves(2, 1, 10)]), buildMode('async', [round])]);
const { traceEvents } = traceDocument(run);

describe('the trace of a run', () => {
  it('has a process for each contender', () => {
    const named = traceEvents.filter(({ name }) => name === 'process_name');
    expect(named.map(({ pid, args }) => [pid, args?.['name']])).toEqual([
      [1, 'sync, 2 calls'],
      [2, 'async, 2 calls'],
    ]);
  });

  it('ends everything that it begins, the last first, and no earlier than it begins', () => {
    const open = new Map<string, { name: string; ts: number }[]>();
    for (const { ph, id = '', name, ts } of traceEvents) {
      const stack = open.get(id) ?? [];
      open.set(id, stack);
      if (ph === 'b') stack.push({ name, ts });
      if (ph !== 'e') continue;
      const begun = stack.pop();
      expect(begun?.name).toBe(name);
      expect(ts).toBeGreaterThanOrEqual(begun?.ts ?? Infinity);
    }
    expect([...open.values()].flat()).toEqual([]);
    expect(open.size).toBe(4 + 1);
  });

  it('has the parts of a call within it, in microseconds', () => {
    const parts = traceEvents.filter(
      ({ pid, id, ph }) => pid === 2 && id === '0x200000000' && ph === 'b',
    );
    expect(parts.map(({ name, ts }) => [name, ts])).toEqual([
      ['call 1', 0],
      ['connect', 0],
      ['wait', 20_000],
      ['receive', 70_000],
    ]);
  });

  it('says how a call ended', () => {
    const begins = traceEvents.filter(({ name, ph }) => name === 'call 2' && ph === 'b');
    expect(begins.map(({ ts, args }) => [ts, args])).toEqual([
      [10_000, { outcome: 'ok', status: 200 }],
      [500, { outcome: 'TIMEOUT', status: 500 }],
    ]);
  });

  it('counts the calls in flight, down to none', () => {
    const counted = traceEvents.filter(({ ph, pid }) => ph === 'C' && pid === 2);
    expect(counted.map(({ ts, args }) => [ts, args?.['calls']])).toEqual([
      [0, 1],
      [500, 2],
      [60_250, 1],
      [100_000, 0],
    ]);
  });

  it('keeps the first calls of a round of very many, and says so', () => {
    const many = traceDocument(buildRun([buildMode('async', [buildWaves(20_500, 20_500, 1)])]));
    expect(many.traceEvents[0]?.args).toEqual({ name: 'async, 20,500 calls, the first 20,000' });
    expect(many.traceEvents.filter(({ ph }) => ph === 'b')).toHaveLength(20_000);
  });
});
