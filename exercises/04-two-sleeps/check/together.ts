import { failed, type Attempt, type Failed } from 'lwasync/learn';
import { called, isTooShort, took } from './sleep.js';

/** So many sleeps begin together. */
export const TOGETHER = 50;

const TOGETHER_MS = 60;
// Of sleeps that begin together each other one is so much shorter, the first of them, too.
const SHORTER_MS = 30;
// A beat of a free thread comes at the earliest so long after the one before, however busy the machine is.
const BEAT_MS = 5;

/**
 * Sleeps that begin together each take their own time, and are over after the time of the longest: in beats, which are no oftener
 * on a busy machine.
 */
export async function checkTogether(attempt: Attempt): Promise<Failed | undefined> {
  const name = 'sleepAsynchronously';
  const sleeps = await Promise.all(
    Array.from({ length: TOGETHER }, async (_, index) => {
      const ms = TOGETHER_MS - (index % 2 === 0 ? SHORTER_MS : 0);
      return { ...(await attempt.call(name, [ms])), name, ms };
    }),
  );
  const short = sleeps.find((sleep) => isTooShort(sleep));
  if (short !== undefined) {
    return failed(
      'not-its-own-time',
      `of ${TOGETHER} sleeps that began together, ${called(short)} was over after ${took(short)}; alone it took its time`,
    );
  }
  const beats = Math.max(...sleeps.map((sleep) => sleep.beats));
  const ofOne = TOGETHER_MS / BEAT_MS;
  return beats > (ofOne * TOGETHER) / 5
    ? failed(
        'one-after-another',
        `${TOGETHER} sleeps of ${TOGETHER_MS - SHORTER_MS} and ${TOGETHER_MS} ms, begun together, took ${beats} beats of a timer in the same thread; one of ${TOGETHER_MS} ms takes ${ofOne}`,
      )
    : undefined;
}
