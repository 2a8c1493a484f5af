import { sleep, type Coroutine } from '../../src/loop/index.js';

/** Work that writes down how it ended, and fails in the end when it is given an error. */
export function worker(
  log: string[],
  who: string,
  durationMs: number,
  error?: Error,
): () => Coroutine<string> {
  return function* work(): Coroutine<string> {
    let ending = 'cancelled';
    try {
      yield* sleep(durationMs);
      ending = 'done';
      if (error !== undefined) throw error;
      return who;
    } finally {
      log.push(`${who} ${ending}`);
    }
  };
}
