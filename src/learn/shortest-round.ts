import type { Milliseconds } from '../core/units.js';

const ROUNDS = 3;

/**
 * Runs something some times, one after another, and resolves to what came of the shortest: whatever else the machine does only ever
 * adds time, and what the first round sets up is no longer in the others.
 */
export async function shortestRound<T extends { readonly durationMs: Milliseconds }>(
  run: () => Promise<T>,
): Promise<T> {
  let shortest = await run();
  for (let round = 1; round < ROUNDS; round += 1) {
    const next = await run();
    if (next.durationMs < shortest.durationMs) shortest = next;
  }
  return shortest;
}
