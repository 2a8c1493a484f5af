/** Random numbers that are the same in every run of a test. */
export interface SeededRandom {
  /** Evenly spread, above 0 and below 1. */
  readonly uniform: () => number;
  /** Standard normal. */
  readonly normal: () => number;
}

/**
 * Random numbers from a seed from 1 to 2^31 - 2.
 *
 * Sources: the generator of Lewis, Goodman & Miller (IBM Systems Journal 8, 1969), "minimal standard"; Box & Muller (1958).
 */
export function seededRandom(seed: number): SeededRandom {
  let state = seed % 2_147_483_647;
  const uniform = (): number => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}
