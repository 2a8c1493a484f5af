import { UsageError } from '../core/errors.js';
import { localBlockingTask, localTask, type BlockingTask, type Task } from './task.js';

/** Multiplying two square matrices as a task: work for a processor, in which there is nothing to wait for. */
export interface MatrixTaskSpec {
  readonly kind: 'matrix';
  /** Rows and columns. */
  readonly size: number;
}

/** Rows and columns unless others are asked for. */
export const DEFAULT_MATRIX_SIZE = 300;
const LARGEST = 5000;

/**
 * The task of multiplying two matrices of `size` rows and columns.
 *
 * @throws {UsageError} when the size is not from 1 to 5,000.
 */
export function matrixTask(size: number = DEFAULT_MATRIX_SIZE): MatrixTaskSpec {
  if (Number.isInteger(size) && size >= 1 && size <= LARGEST) return { kind: 'matrix', size };
  throw new UsageError(
    `expected a whole number of rows and columns from 1 to ${LARGEST}, got ${size}`,
  );
}

/** Opens the task in an async function, which computes all the same. */
export function openMatrixTask({ size }: MatrixTaskSpec): Task {
  const [left, right] = [filled(size, 1), filled(size, 2)];
  return localTask(async () => ({ status: 0, value: trace(multiply(left, right, size), size) }));
}

/** Opens the task in a plain function. */
export function openBlockingMatrixTask({ size }: MatrixTaskSpec): BlockingTask {
  const [left, right] = [filled(size, 1), filled(size, 2)];
  return localBlockingTask(() => ({
    status: 0,
    value: trace(multiply(left, right, size), size),
  }));
}

/** The product of two square matrices that lie in memory row by row, by the definition. */
export function multiply(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let inner = 0; inner < size; inner += 1) {
      const factor = left[row * size + inner] ?? 0;
      for (let column = 0; column < size; column += 1) {
        const at = row * size + column;
        product[at] = (product[at] ?? 0) + factor * (right[inner * size + column] ?? 0);
      }
    }
  }
  return product;
}

// Small whole numbers, so that products are exact and every platform gives the same trace.
function filled(size: number, step: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, index) => ((index * step) % 7) - 3);
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let index = 0; index < size; index += 1) sum += matrix[index * size + index] ?? 0;
  return sum;
}
