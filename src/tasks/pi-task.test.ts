import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piDigits, piTask } from './pi-task.js';

describe('the digits of π', () => {
  it('are those that everybody knows', () => {
    expect(piDigits(50)).toBe('31415926535897932384626433832795028841971693993751');
  });

  it('hold six nines in a row from the 762nd decimal on', () => {
    expect(piDigits(768).slice(762)).toBe('999999');
  });

  it('are as many as were asked for, and fewer of them are the first of more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 100 }),
        (few, more) => {
          const digits = piDigits(few);
          expect(digits).toHaveLength(few);
          expect(piDigits(few + more).startsWith(digits)).toBe(true);
        },
      ),
    );
  });

  it.each([0, -1, 1.5, Number.NaN, 100_001])('cannot be %s', (digits) => {
    expect(() => piTask(digits)).toThrow('expected a whole number of digits of π from 1 to 100000');
  });
});
