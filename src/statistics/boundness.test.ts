import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoundRun } from '../core/bound.js';
import { buildBoundRun } from '../../test/support/build-bound-run.js';
import { boundness } from './boundness.js';

const of = (wallMs: number, userMs: number, more: Partial<BoundRun> = {}) =>
  boundness(buildBoundRun({ wallMs, userMs, systemMs: 0, ...more }));

describe('the verdict', () => {
  it.each([
    [1000, 1000, 'cpu'],
    [1000, 667, 'cpu'],
    [1000, 666, 'mixed'],
    [1000, 500, 'mixed'],
    [1000, 100, 'mixed'],
    [1000, 99, 'io'],
    [1000, 0, 'io'],
  ])('on %i ms with %i ms of CPU is %s', (wallMs, cpuMs, verdict) => {
    expect(of(wallMs, cpuMs).verdict).toBe(verdict);
  });

  it('counts user and system time', () => {
    expect(of(1000, 400, { systemMs: 300 })).toMatchObject({ verdict: 'cpu', cpuShare: 0.7 });
  });

  it('projects what each of the two, twice as fast, would gain', () => {
    expect(of(1040, 40)).toMatchObject({
      ifCpuTwiceAsFastMs: 1020,
      ifIoTwiceAsFastMs: 540,
      ceiling: 26,
    });
  });

  it('caps the CPU time of several cores at the wall time', () => {
    expect(of(1000, 1900)).toMatchObject({
      cpuShare: 1,
      coresUsed: 1.9,
      ifCpuTwiceAsFastMs: 500,
      ifIoTwiceAsFastMs: 1000,
      ceiling: 1,
    });
  });

  it('leaves out the time without a core, which no projection shortens', () => {
    expect(of(4000, 900, { withoutCoreMs: 3000 })).toMatchObject({
      verdict: 'cpu',
      cpuShare: 0.9,
      coresUsed: 0.225,
      ifCpuTwiceAsFastMs: 3550,
      ifIoTwiceAsFastMs: 3950,
      ceiling: 1000 / 900,
    });
  });

  it('takes all of the time for time with a core where that is not known', () => {
    expect(of(1000, 400, { withoutCoreMs: undefined }).cpuShare).toBe(0.4);
  });

  it('names no ceiling where the CPU time is a few steps of its clock', () => {
    expect(of(1000, 90, { cpuResolutionMs: 10 }).ceiling).toBeUndefined();
    expect(of(1000, 100, { cpuResolutionMs: 10 }).ceiling).toBe(10);
    expect(of(1000, 0).ceiling).toBeUndefined();
  });

  it('has shares of the main thread that add up, where they are known', () => {
    const states = { computingMs: 100, blockedMs: 300, waitingMs: 600 };
    expect(of(2000, 100, { states })).toMatchObject({
      computingShare: 0.1,
      blockedShare: 0.3,
      waitingShare: 0.6,
    });
    expect(of(2000, 100).blockedShare).toBeUndefined();
  });

  it('gains nothing twice: both projections together save half of the time with a core', () => {
    const time = fc.double({ min: 0.001, max: 1e7, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(time, time, share, (wallMs, cpuMs, withoutCore) => {
        const withoutCoreMs = Math.max(wallMs - cpuMs, 0) * withoutCore;
        const { ifCpuTwiceAsFastMs, ifIoTwiceAsFastMs } = of(wallMs, cpuMs, { withoutCoreMs });
        const savedMs = 2 * wallMs - ifCpuTwiceAsFastMs - ifIoTwiceAsFastMs;
        expect(savedMs / wallMs).toBeCloseTo(0.5 - withoutCoreMs / wallMs / 2);
      }),
    );
  });
});
