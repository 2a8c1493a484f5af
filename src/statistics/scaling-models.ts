import { solveNonNegative } from './least-squares.js';

/** How much was done a second with so many calls in flight. */
export interface ScalingPoint {
  readonly concurrency: number;
  /** Above 0. */
  readonly throughput: number;
}

/** `min(a c, b)`: every call in flight adds the same until something is full. */
export interface CapModel {
  readonly kind: 'cap';
  /** Throughput that each call in flight adds. */
  readonly a: number;
  /** The most there is; `Infinity` where no level came up against it. */
  readonly b: number;
  /** Root mean square of the relative errors, with the number of parameters taken off the number of points. */
  readonly residual: number;
}

/** `λ c / (1 + σ (c - 1) + κ c (c - 1))`, the Universal Scalability Law. */
export interface UslModel {
  readonly kind: 'usl';
  /** Throughput with one call in flight. */
  readonly lambda: number;
  /** Contention: the share that is done one after another. */
  readonly sigma: number;
  /** Coherency: what each pair of calls in flight costs. */
  readonly kappa: number;
  readonly residual: number;
}

/** One of the models, with its parameters. */
export type ScalingModel = CapModel | UslModel;

/** A model but for how well it fits. */
export type Curve = Omit<CapModel, 'residual'> | Omit<UslModel, 'residual'>;

/** Both models, the better first, or why there is none. */
export type ScalingFit =
  | { readonly better: ScalingModel; readonly other: ScalingModel }
  | { readonly better: undefined; readonly reason: string };

/** The Universal Scalability Law has three parameters; with fewer than twice as many points it fits anything. */
const FEWEST_LEVELS = 6;

// Rounding decides nothing: where both fit, the model with fewer parameters is the better one.
const SAME_RESIDUAL = 1e-9;

/**
 * Fits both models by least squares of the relative error, so that levels of small throughput count as much as large ones,
 * and says which fits better. With fewer than six different concurrencies there is a reason instead.
 */
export function fitScaling(points: readonly ScalingPoint[]): ScalingFit {
  const levels = new Set(points.map(({ concurrency }) => concurrency)).size;
  if (levels < FEWEST_LEVELS) {
    return {
      better: undefined,
      reason: `${levels} ${levels === 1 ? 'level' : 'levels'} were measured, a model needs ${FEWEST_LEVELS}`,
    };
  }
  const cap = fitCap(points);
  const usl = fitUsl(points);
  return cap.residual <= usl.residual + SAME_RESIDUAL
    ? { better: cap, other: usl }
    : { better: usl, other: cap };
}

/** The throughput that a model gives for so many calls in flight. */
export function predictThroughput(model: Curve, concurrency: number): number {
  if (model.kind === 'cap') return Math.min(model.a * concurrency, model.b);
  const { lambda, sigma, kappa } = model;
  return (
    (lambda * concurrency) /
    (1 + sigma * (concurrency - 1) + kappa * concurrency * (concurrency - 1))
  );
}

/**
 * The concurrency at which a model has its most: the bend of the cap, the peak of the Universal Scalability Law, which lies at
 * `sqrt((1 - σ) / κ)`; `Infinity` where it rises for ever.
 */
export function peakOf(model: ScalingModel): number {
  if (model.kind === 'cap') return model.b / model.a;
  if (model.sigma >= 1) return 1;
  return model.kappa === 0 ? Number.POSITIVE_INFINITY : Math.sqrt((1 - model.sigma) / model.kappa);
}

/**
 * `min(a c, b)` with the least sum of squared relative errors, found exactly: between two levels the sum is a quadratic form of
 * a and b, so its least value is where the derivatives vanish for some break between levels, or on the edge of such a
 * region, where `b = a c` for the concurrency c of a level.
 */
export function fitCap(points: readonly ScalingPoint[]): CapModel {
  const inverse = (chosen: readonly ScalingPoint[], of: (c: number) => number): number => {
    // Least squares of (k f(c) / X - 1) over k.
    const shares = chosen.map(({ concurrency, throughput }) => of(concurrency) / throughput);
    return sum(shares) / sum(shares.map((share) => share * share));
  };
  const candidates = [{ a: inverse(points, (c) => c), b: Number.POSITIVE_INFINITY }];
  for (const { concurrency: edge } of points) {
    const rising = points.filter(({ concurrency }) => concurrency <= edge);
    const flat = points.filter(({ concurrency }) => concurrency > edge);
    if (flat.length > 0) {
      candidates.push({ a: inverse(rising, (c) => c), b: inverse(flat, () => 1) });
    }
    const a = inverse(points, (c) => Math.min(c, edge));
    candidates.push({ a, b: a * edge });
  }
  const models = candidates.map(({ a, b }): CapModel => ({
    kind: 'cap',
    a,
    b,
    residual: residualOf({ kind: 'cap', a, b }, points, 2),
  }));
  return models.reduce((best, model) => (model.residual < best.residual ? model : best));
}

/**
 * The Universal Scalability Law with σ and κ of at least 0. `c / X` is linear in `1 / λ`, `σ / λ` and `κ / λ`; weighted by `X / c`
 * its error is, to first order, the relative error of X.
 *
 * Source: N. J. Gunther, "A Simple Capacity Model of Massively Parallel Transaction Systems", CMG 1993; "A General Theory of
 * Computational Scalability Based on Rational Functions", arXiv:0808.1431 (2008).
 */
export function fitUsl(points: readonly ScalingPoint[]): UslModel {
  const rows = points.map(({ concurrency: c, throughput }) => {
    const weight = throughput / c;
    return { terms: [weight, weight * (c - 1), weight * c * (c - 1)], value: 1 };
  });
  const [p = 0, q = 0, r = 0] = solveNonNegative(rows);
  const curve = { kind: 'usl', lambda: 1 / p, sigma: q / p, kappa: r / p } as const;
  return { ...curve, residual: residualOf(curve, points, 3) };
}

function residualOf(model: Curve, points: readonly ScalingPoint[], parameters: number): number {
  const squares = points.map(
    ({ concurrency, throughput }) => (predictThroughput(model, concurrency) / throughput - 1) ** 2,
  );
  return Math.sqrt(sum(squares) / Math.max(points.length - parameters, 1));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
