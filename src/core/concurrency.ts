/**
 * Does `once(0)` … `once(number - 1)`, with at most `limit` of them in flight. The pool is work-conserving: the moment
 * one settles the next begins, so that a slow one delays nobody (waves of `Promise.all` would).
 *
 * @returns what `once` resolved to, in order of index.
 * @throws whatever the first failing `once` rejected with; no further one is begun then.
 */
export async function runConcurrently<Result>(
  number: number,
  limit: number,
  once: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const results = Array.from<Result>({ length: number });
  let next = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (next < number && !failed) {
      const index = next;
      next += 1;
      try {
        results[index] = await once(index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, number) }, lane));
  return results;
}
