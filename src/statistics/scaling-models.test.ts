import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitCap,
  fitScaling,
  fitUsl,
  peakOf,
  predictThroughput,
  type CapModel,
  type ScalingModel,
  type ScalingPoint,
  type UslModel,
} from './scaling-models.js';

const DOUBLED = [1, 2, 4, 8, 16, 32, 64];

function pointsOf(model: ScalingModel, concurrencies: readonly number[] = DOUBLED): ScalingPoint[] {
  return concurrencies.map((concurrency) => ({
    concurrency,
    throughput: predictThroughput(model, concurrency),
  }));
}

function points(...pairs: readonly (readonly [number, number])[]): ScalingPoint[] {
  return pairs.map(([concurrency, throughput]) => ({ concurrency, throughput }));
}

function cap(a: number, b: number): CapModel {
  return { kind: 'cap', a, b, residual: 0 };
}

function usl(lambda: number, sigma: number, kappa: number): UslModel {
  return { kind: 'usl', lambda, sigma, kappa, residual: 0 };
}

/** Eight slots, as measured: throughput in multiples of that with one call in flight. */
const EIGHT_SLOTS = points(
  [1, 1],
  [2, 1.99],
  [4, 3.95],
  [8, 7.83],
  [10, 7.97],
  [16, 8.02],
  [32, 8.04],
  [64, 8.05],
  [100, 8.03],
);

describe('min(a c, b)', () => {
  it('is found again where the points lie on it', () => {
    const fit = fitCap(pointsOf(cap(20, 160)));
    expect(fit.a).toBeCloseTo(20, 9);
    expect(fit.b).toBeCloseTo(160, 9);
    expect(fit.residual).toBeCloseTo(0, 9);
    expect(peakOf(fit)).toBeCloseTo(8, 9);
  });

  it('has no cap where every level adds the same', () => {
    const fit = fitCap(pointsOf(cap(20, Number.POSITIVE_INFINITY)));
    expect(fit).toMatchObject({ b: Number.POSITIVE_INFINITY });
    expect(fit.a).toBeCloseTo(20, 9);
  });

  it('weighs relative errors: of 1 and 2 with one call in flight it takes 1.2', () => {
    // The least sum of (a/1 - 1)² + (a/2 - 1)² is where 2 (a - 1) + (a/2 - 1) = 0.
    expect(fitCap(points([1, 1], [1, 2])).a).toBeCloseTo(1.2, 12);
  });

  it('says 8 for a server with eight slots, where the Universal Scalability Law says more than twice as many', () => {
    expect(peakOf(fitCap(EIGHT_SLOTS))).toBeCloseTo(8.1, 0);
    expect(peakOf(fitUsl(EIGHT_SLOTS))).toBeGreaterThan(16);
    const { better } = fitScaling(EIGHT_SLOTS);
    expect(better?.kind).toBe('cap');
  });

  it('leaves no smaller error to any other a and b', () => {
    const throughput = fc.double({ min: 0.5, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(throughput, { minLength: 7, maxLength: 7 }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (throughputs, onA, onB) => {
          const measured = throughputs.map((value, index) => ({
            concurrency: 2 ** index,
            throughput: value,
          }));
          const fit = fitCap(measured);
          const error = (a: number, b: number): number =>
            measured.reduce(
              (sum, { concurrency: c, throughput: x }) => sum + (Math.min(a * c, b) / x - 1) ** 2,
              0,
            );
          const b = Number.isFinite(fit.b) ? fit.b : fit.a * 64;
          expect(error(fit.a, b)).toBeLessThanOrEqual(error(fit.a * onA, b * onB) + 1e-9);
        },
      ),
    );
  });
});

describe('the Universal Scalability Law', () => {
  it('is found again where the points lie on it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1e5, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        (lambda, sigma, kappa) => {
          const fit = fitUsl(pointsOf(usl(lambda, sigma, kappa)));
          expect(fit.lambda / lambda).toBeCloseTo(1, 5);
          expect(fit.sigma).toBeCloseTo(sigma, 5);
          expect(fit.kappa).toBeCloseTo(kappa, 5);
        },
      ),
    );
  });

  it('has its peak at the root of (1 - σ) / κ', () => {
    const model = usl(10, 0.1, 0.001);
    expect(peakOf(model)).toBeCloseTo(30, 9);
    const at = (c: number): number => predictThroughput(model, c);
    expect(at(30)).toBeGreaterThan(at(29));
    expect(at(30)).toBeGreaterThan(at(31));
  });

  it('never has a negative parameter, though one would fit better', () => {
    const fit = fitUsl(pointsOf(usl(1, -0.01, -0.001)));
    expect([fit.sigma, fit.kappa]).toEqual([0, 0]);
    expect(peakOf(fit)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is the better model where throughput bends slowly and falls again', () => {
    expect(fitScaling(pointsOf(usl(100, 0.05, 0.002))).better?.kind).toBe('usl');
  });
});

describe('which model', () => {
  it('takes the one with fewer parameters where both fit', () => {
    expect(fitScaling(pointsOf(cap(20, Number.POSITIVE_INFINITY))).better?.kind).toBe('cap');
  });

  it('says why there is none with fewer than six levels', () => {
    const few = fitScaling(pointsOf(cap(20, 160), [1, 2, 4, 8, 16]));
    expect(few).toEqual({ better: undefined, reason: '5 levels were measured, a model needs 6' });
  });
});
