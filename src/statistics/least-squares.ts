/** One equation: the terms, each times its unknown, should add up to the value. */
export interface Equation {
  readonly terms: readonly number[];
  readonly value: number;
}

/**
 * The unknowns of at least 0 that leave the least sum of squared errors; the first of them is taken to be above 0. Every set of
 * unknowns that may be 0 is tried, which is exact and cheap for a few of them.
 *
 * Source: C. L. Lawson, R. J. Hanson, "Solving Least Squares Problems" (1974), chapter 23: the solution is the unconstrained
 * one for the right set.
 */
export function solveNonNegative(equations: readonly Equation[]): number[] {
  const unknowns = equations[0]?.terms.length ?? 0;
  let best: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let set = 1; set < 2 ** unknowns; set += 2) {
    const active = Array.from({ length: unknowns }, (_, index) => index).filter(
      (index) => Math.floor(set / 2 ** index) % 2 === 1,
    );
    const solved = solveActive(equations, active);
    if (solved === undefined || solved.some((value) => !(value >= 0))) continue;
    const solution = Array.from({ length: unknowns }, (_, index) => {
      const place = active.indexOf(index);
      return place === -1 ? 0 : (solved[place] ?? 0);
    });
    const error = squaredError(equations, solution);
    if (error < least) {
      best = solution;
      least = error;
    }
  }
  return best;
}

// The normal equations of the active unknowns, each scaled to its own size: c (c - 1) of 10,000 calls in flight beside 1
// would cost half of the digits.
function solveActive(
  equations: readonly Equation[],
  active: readonly number[],
): number[] | undefined {
  const column = (index: number): number[] => equations.map(({ terms }) => terms[index] ?? 0);
  const columns = active.map((index) => column(index));
  const sizes = columns.map((values) => Math.sqrt(dot(values, values)));
  const values = equations.map(({ value }) => value);
  const product = (one: readonly number[], row: number): number[] =>
    columns.map((other, place) => dot(one, other) / ((sizes[row] ?? 1) * (sizes[place] ?? 1)));
  const matrix = columns.map((one, row) =>
    product(one, row).concat(dot(one, values) / (sizes[row] ?? 1)),
  );
  return eliminate(matrix)?.map((value, index) => value / (sizes[index] ?? 1));
}

// Gauss, with the largest pivot first; `undefined` when the equations do not determine the unknowns.
function eliminate(matrix: number[][]): number[] | undefined {
  const size = matrix.length;
  const at = (row: number, place: number): number => matrix[row]?.[place] ?? 0;
  for (let step = 0; step < size; step += 1) {
    const rest = Array.from({ length: size - step }, (_, index) => step + index);
    const pivot = rest.reduce((best, row) =>
      Math.abs(at(row, step)) > Math.abs(at(best, step)) ? row : best,
    );
    if (!(Math.abs(at(pivot, step)) > 1e-12)) return undefined;
    const [upper = [], lower = []] = [matrix[step], matrix[pivot]];
    matrix[step] = lower;
    matrix[pivot] = upper;
    for (let row = 0; row < size; row += 1) {
      if (row === step) continue;
      const factor = at(row, step) / at(step, step);
      matrix[row] = (matrix[row] ?? []).map((value, place) => value - factor * at(step, place));
    }
  }
  return matrix.map((_, row) => at(row, size) / at(row, row));
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((total, value, index) => total + value * (other[index] ?? 0), 0);
}

function squaredError(equations: readonly Equation[], solution: readonly number[]): number {
  return equations.reduce(
    (total, { terms, value }) => total + (dot(terms, solution) - value) ** 2,
    0,
  );
}
