import { expect, it } from 'vitest';
import { buildMode, buildRound, buildWaves } from '../../test/support/build-run.js';
import type { ModeName, Round } from '../core/run.js';
import { warmthOf, type Warmth } from './warm-rounds.js';

function warmth(mode: ModeName, warmup: readonly Round[]): Warmth {
  return warmthOf({ ...buildMode(mode, warmup), warmup });
}

/** Calls one after another that take so long each. */
function oneByOne(latencies: readonly number[]): Round {
  let end = 0;
  return buildRound(
    latencies.map((latency) => {
      const start = end;
      end += latency;
      return [start, end] as const;
    }),
  );
}

it('one call in flight: warm when the last quarter of the calls is not over 5 % faster than the third', () => {
  expect(warmth('sync', [oneByOne([90, 40, 30, 20, 10, 10, 9.6, 9.6])])).toEqual({ kind: 'warm' });
  expect(warmth('sync', [oneByOne([90, 40, 30, 20, 10, 10, 9, 9])])).toMatchObject({
    kind: 'getting faster',
    share: expect.closeTo(0.1, 10),
  });
});

it('getting slower is not getting warmer', () => {
  expect(warmth('sync', [oneByOne([1, 1, 1, 1, 1, 1, 2, 2])])).toEqual({ kind: 'warm' });
});

it('fewer than 8 calls, or several in flight, tell nothing by one round', () => {
  expect(warmth('sync', [buildWaves(7, 1, 10)])).toEqual({ kind: 'unknown' });
  expect(warmth('async', [buildWaves(100, 100, 10)])).toEqual({ kind: 'unknown' });
  expect(warmth('async', [])).toEqual({ kind: 'unknown' });
});

it('several in flight: warm when the last round is not over 5 % faster than the fastest before', () => {
  const rounds = [257, 208, 206].map((latency) => buildWaves(10, 10, latency));
  expect(warmth('async', rounds.slice(0, 2))).toMatchObject({ kind: 'getting faster' });
  expect(warmth('async', rounds)).toEqual({ kind: 'warm' });
});

it('one slow round in between does not make the next one look like getting faster', () => {
  const rounds = [200, 300, 200].map((latency) => buildWaves(10, 10, latency));
  expect(warmth('async', rounds)).toEqual({ kind: 'warm' });
});

it('leaves failed calls out', () => {
  const failing = buildRound(
    Array.from({ length: 10 }, (_, index) => [index, index + (index < 9 ? 1 : 0.1), 'TIMEOUT']),
  );
  expect(warmth('sync', [failing])).toEqual({ kind: 'unknown' });
});

it('a program, which begins anew each time, is as warm as it gets after one round', () => {
  const warmup = [buildWaves(1, 1, 10)];
  expect(warmthOf({ ...buildMode('sync', warmup), mode: 'program', warmup })).toEqual({
    kind: 'warm',
  });
});
