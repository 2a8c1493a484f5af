import { expect, it } from 'vitest';
import { buildWaves } from '../../test/support/build-run.js';
import { NO_RESOURCES, type Resources, type Round } from '../core/run.js';
import { eventLoopUtilization, threadShares, threadStates } from './thread-states.js';

function round(resources: Partial<Resources>): Round {
  return { ...buildWaves(10, 10, 100), resources: { ...NO_RESOURCES, ...resources } };
}

const onLoop = round({ threadCpuMs: 20, loop: { activeMs: 50, idleMs: 50, delayMaxMs: 0 } });

it('a loop computes, is held by what does not compute, or waits', () => {
  expect(threadStates(onLoop)).toEqual({ computingMs: 20, blockedMs: 30, waitingMs: 50 });
});

it('a clock that ran ahead makes no negative time', () => {
  const ahead = round({ threadCpuMs: 60, loop: { activeMs: 50, idleMs: 50, delayMaxMs: 0 } });
  expect(threadStates(ahead)?.blockedMs).toBe(0);
});

it('a thread without a loop is blocked whenever it does not compute', () => {
  expect(threadStates(round({ threadCpuMs: 5 }))).toEqual({
    computingMs: 5,
    blockedMs: 95,
    waitingMs: 0,
  });
});

it('shares sum up to 1 over all rounds', () => {
  expect(threadShares([onLoop, round({ threadCpuMs: 100 })])).toEqual({
    computing: 0.6,
    blocked: 0.15,
    waiting: 0.25,
  });
});

it('nothing is said where the system does not tell', () => {
  expect(threadStates(round({}))).toBeUndefined();
  expect(threadShares([onLoop, round({})])).toBeUndefined();
  expect(threadShares([])).toBeUndefined();
  expect(eventLoopUtilization([round({})])).toBeUndefined();
});

it('the utilization of the loop is the share of its time in callbacks', () => {
  expect(eventLoopUtilization([onLoop])).toBe(0.5);
});
