import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildRound, buildWaves } from '../../test/support/build-run.js';
import { CallColumns } from '../core/call-columns.js';
import { inFlightSteps, meanInFlight } from './in-flight.js';
import { maxInFlight } from './round-summary.js';

it('tells each moment at which the number in flight changes', () => {
  const { calls, wallMs } = buildRound([
    [0, 10],
    [0, 4],
    [4, 12],
  ]);
  expect(inFlightSteps(calls, wallMs)).toEqual([
    { timeMs: 0, inFlight: 2 },
    { timeMs: 10, inFlight: 1 },
    { timeMs: 12, inFlight: 0 },
  ]);
});

it('begins with none where the first call begins later', () => {
  const { calls, wallMs } = buildRound([[3, 5]]);
  expect(inFlightSteps(calls, wallMs)[0]).toEqual({ timeMs: 0, inFlight: 0 });
});

it('takes a call that never ended as in flight to the end, and one that never began as none', () => {
  const calls = new CallColumns(2);
  calls.begin(0, 2);
  expect(inFlightSteps(calls, 10)).toEqual([
    { timeMs: 0, inFlight: 0 },
    { timeMs: 2, inFlight: 1 },
    { timeMs: 10, inFlight: 0 },
  ]);
  expect(meanInFlight(calls, 10)).toBe(0.8);
});

it('is on average what was in flight in each wave', () => {
  const { calls, wallMs } = buildWaves(8, 4, 100);
  expect(meanInFlight(calls, wallMs)).toBe(4);
});

it('never goes below none, ends with none, reaches the most, and has the mean of the calls as its area', () => {
  const call = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 30 }));
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 40 }), (drawn) => {
      const { calls, wallMs } = buildRound(drawn.map(([start, took]) => [start, start + took]));
      const steps = inFlightSteps(calls, wallMs);
      expect(Math.min(...steps.map(({ inFlight }) => inFlight))).toBe(0);
      expect(steps.at(-1)?.inFlight).toBe(0);
      expect(Math.max(...steps.map(({ inFlight }) => inFlight))).toBe(maxInFlight(calls));
      const area = steps.reduce(
        (sum, { timeMs, inFlight }, index) =>
          sum + inFlight * ((steps[index + 1]?.timeMs ?? wallMs) - timeMs),
        0,
      );
      expect(area / wallMs).toBeCloseTo(meanInFlight(calls, wallMs), 9);
    }),
  );
});
