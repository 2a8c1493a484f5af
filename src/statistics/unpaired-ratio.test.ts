import { describe, expect, it } from 'vitest';
import { estimateUnpairedRatio } from './unpaired-ratio.js';

const logs = (...values: readonly number[]): number[] => values.map((value) => Math.exp(value));

describe('the ratio of two groups that were not measured side by side', () => {
  it('is that of their geometric means', () => {
    expect(estimateUnpairedRatio([2, 8], [1, 1]).ratio).toBeCloseTo(4, 12);
  });

  it('has an interval by Welch', () => {
    // Means 2 and 0, variances 1 and 4, three each: the error is sqrt(5/3) = 1.2910; degrees of freedom
    // (5/3)^2 / ((1/3)^2 / 2 + (4/3)^2 / 2) = 50/17 = 2.941; t is 4.3027 at 2 and 3.1824 at 3, and 3.219 between.
    const { ratio, interval } = estimateUnpairedRatio(logs(1, 2, 3), logs(-2, 0, 2));
    expect(Math.log(ratio)).toBeCloseTo(2, 12);
    const share = (1 / 2 - 17 / 50) / (1 / 2 - 1 / 3);
    const margin = (4.302653 + share * (3.182446 - 4.302653)) * Math.sqrt(5 / 3);
    expect(Math.log(interval?.[0] ?? 0)).toBeCloseTo(2 - margin, 4);
    expect(Math.log(interval?.[1] ?? 0)).toBeCloseTo(2 + margin, 4);
  });

  it('has none with fewer than three on either side', () => {
    expect(estimateUnpairedRatio([1, 2, 3], [1, 2]).interval).toBeUndefined();
    expect(estimateUnpairedRatio([2, 2, 2], [1, 1, 1]).interval).toEqual([2, 2]);
  });

  it.each([3, 5, 10])('holds the truth in 93 to 97 of 100 with %d rounds each', (rounds) => {
    const seed = 20_261;
    const normal = normals(seed);
    const spreads = [
      [0.03, 0.03],
      [0.02, 0.06],
    ] as const;
    for (const [before, after] of spreads) {
      let held = 0;
      for (let trial = 0; trial < 4000; trial += 1) {
        const group = (spread: number): number[] =>
          Array.from({ length: rounds }, () => Math.exp(spread * normal()));
        const [low, high] = estimateUnpairedRatio(group(after), group(before)).interval ?? [2, 0];
        if (low <= 1 && 1 <= high) held += 1;
      }
      expect(held / 4000, `seed ${seed}, spreads ${before} and ${after}`).toBeGreaterThan(0.93);
      expect(held / 4000, `seed ${seed}, spreads ${before} and ${after}`).toBeLessThan(0.97);
    }
  });
});

// Numerical Recipes' linear congruential generator and the method of Box and Muller.
function normals(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
