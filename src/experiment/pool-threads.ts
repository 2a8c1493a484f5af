const USUAL = 4;
const MOST = 1024;

/**
 * How many threads libuv's pool has in this process.
 *
 * Source: libuv, src/threadpool.c: 4 unless `UV_THREADPOOL_SIZE` says otherwise, at least 1 and at most 1024.
 */
export function poolThreads(said: string | undefined = process.env['UV_THREADPOOL_SIZE']): number {
  if (said === undefined) return USUAL;
  const threads = Number.parseInt(said, 10);
  return Number.isNaN(threads) || threads === 0 ? 1 : Math.min(Math.max(threads, 1), MOST);
}
