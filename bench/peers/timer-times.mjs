/** The longest delay of a timer, in milliseconds. */
export const LONGEST_MS = 1000;

/** Random delays in whole milliseconds, 1 to `LONGEST_MS`, the same ones in every program: Node's timers know no fractions. */
export function delays(number) {
  // A linear congruential generator (Numerical Recipes, section 7.1).
  let state = 1;
  return Int32Array.from({ length: number }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 1 + Math.floor((state / 2 ** 32) * LONGEST_MS);
  });
}

/** Keeps the thread until every timer that was added before is due, so that firing them is work and no waiting. */
export function waitUntilDue(longestMs) {
  const endMs = performance.now() + longestMs + 2;
  while (performance.now() < endMs);
}

/** Begins to measure; what it returns tells the nanoseconds since then for each of so many things. */
export function nanosecondsEach(number) {
  const began = process.hrtime.bigint();
  return () => Number(process.hrtime.bigint() - began) / number;
}
