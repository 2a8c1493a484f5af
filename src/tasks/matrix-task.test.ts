import { describe, expect, it } from 'vitest';
import { matrixTask, multiply } from './matrix-task.js';

describe('the product of two matrices', () => {
  it('is what one gets by hand', () => {
    const left = Float64Array.of(1, 2, 3, 4);
    const right = Float64Array.of(5, 6, 7, 8);
    expect([...multiply(left, right, 2)]).toEqual([19, 22, 43, 50]);
  });

  it('with the identity is the other one', () => {
    const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
    const other = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
    expect(multiply(identity, other, 3)).toEqual(other);
    expect(multiply(other, identity, 3)).toEqual(other);
  });

  it.each([0, 2.5, 5001])('cannot have %s rows', (size) => {
    expect(() => matrixTask(size)).toThrow('expected a whole number of rows and columns');
  });
});
