/**
 * Does `once(0)` … `once(number - 1)`, with at most `limit` of them in flight. The pool is work-conserving: the moment
 * one settles the next begins, so that a slow one delays nobody (waves of `Promise.all` would). Nothing is kept of one that
 * is over, so that a million take no more memory than a thousand.
 *
 * @throws whatever the first failing `once` rejected with; no further one is begun then.
 */
export async function eachConcurrently(
  number: number,
  limit: number,
  once: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (next < number && !failed) {
      const index = next;
      next += 1;
      try {
        await once(index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, number) }, lane));
}

/**
 * The same, for what comes of it.
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
  await eachConcurrently(number, limit, async (index) => {
    results[index] = await once(index);
  });
  return results;
}
