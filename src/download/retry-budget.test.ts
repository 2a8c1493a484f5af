import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RetryBudget } from './retry-budget.js';

it('a budget gives no more than its size and what came back', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.array(fc.boolean(), { maxLength: 200 }), (size, steps) => {
      const budget = new RetryBudget(size);
      let left = size;
      let taken = 0;
      for (const takes of steps) {
        if (takes) {
          expect(budget.take()).toBe(left > 0);
          taken += left > 0 ? 1 : 0;
          left = Math.max(0, left - 1);
        } else {
          budget.giveBack();
          left = Math.min(size, left + 1);
        }
        expect(budget.taken).toBe(taken);
      }
    }),
  );
});

it('a dead server is asked as often as the size says, and no more', () => {
  const budget = new RetryBudget(3);
  expect([1, 2, 3, 4, 5].map(() => budget.take())).toEqual([true, true, true, false, false]);
  expect(budget.taken).toBe(3);
});
