import { expect, it } from 'vitest';
import { buildLevel } from '../../test/support/build-sweep.js';
import { waitedForCore } from '../statistics/core-share.js';
import { judgeTimed } from './selftest.js';

it('a time that is off says something of the instrument only where the cores were free', () => {
  expect(judgeTimed(true, '8', 0.9)).toEqual({ found: '8', result: 'passed' });
  expect(judgeTimed(false, '9', 0.05)).toEqual({ found: '9', result: 'failed' });
  expect(judgeTimed(false, '9', undefined)).toEqual({ found: '9', result: 'failed' });
  const busy = judgeTimed(false, '9', 0.6);
  expect(busy.result).toBe('inconclusive');
  expect(busy.found).toContain('waited 60 % of the time for a core');
});

it('how busy other programs keep the cores is told by what a thread waits that could run', () => {
  const rounds = (queuedShare: number) =>
    buildLevel(2, 50, { threadShare: 0.03, queuedShare }).rounds;
  expect(waitedForCore(rounds(0.01))).toBeCloseTo(0.25, 9);
  expect(waitedForCore(rounds(0))).toBe(0);
  expect(waitedForCore([])).toBeUndefined();
});
