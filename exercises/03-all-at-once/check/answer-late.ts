import { failed, type Attempt, type Failed, type WaitingCall } from 'lwasync/learn';

const BEATS_TO_ARRIVE = 2;
// The last answer is kept so long that a pause is no way to wait for it.
const LAST_AFTER_BEATS = 60;
// Beats of a free thread: so long all answers take while a timer is set, and so long it may take to notice that they are there. What
// takes a certain time is through in the first, or not in the second.
const LONG_BEATS = 400;
const NOTICE_BEATS = 150;

/** The line of a timer that the module has set and that has not ended, where the function is not over. */
export async function timerOf(
  attempt: Attempt,
  over: Promise<unknown>,
): Promise<number | undefined> {
  return (await isOverWithin(BEATS_TO_ARRIVE, attempt, over)) ? undefined : attempt.timerLine();
}

/** Waits until the function is over, or for long. */
export async function keepBack(attempt: Attempt, over: Promise<unknown>): Promise<void> {
  await isOverWithin(LONG_BEATS, attempt, over);
}

/** Each answer is there before the next, which two beats of the thread make sure. */
export async function answerOneByOne(
  attempt: Attempt,
  calls: readonly WaitingCall[],
  answer: (call: WaitingCall) => void,
): Promise<void> {
  for (const [index, call] of calls.entries()) {
    const isLast = index === calls.length - 1;
    await pause(attempt, isLast ? LAST_AFTER_BEATS : BEATS_TO_ARRIVE);
    answer(call);
  }
}

/** All answers are there: a timer may look for that from time to time, but what waits for it alone does not go on. */
export async function judgeNotice(
  attempt: Attempt,
  over: Promise<unknown>,
): Promise<Failed | undefined> {
  const isOver = await isOverWithin(NOTICE_BEATS, attempt, over);
  const timer = isOver ? undefined : await attempt.timerLine();
  return timer === undefined
    ? undefined
    : waitsSomeTime('all answers were there, and it did not go on', timer);
}

/** It took a timer for the answers. */
export function waitsSomeTime(seen: string, timer: number): Failed {
  return failed(
    'waits-some-time',
    `${seen}; it waited for a timer, begun in line ${timer}, and however long that takes, an answer may take longer`,
  );
}

function isOverWithin(beats: number, attempt: Attempt, over: Promise<unknown>): Promise<boolean> {
  return Promise.race([over.then(() => true), pause(attempt, beats).then(() => false)]);
}

function pause(attempt: Attempt, beats: number): Promise<void> {
  return attempt.quiet(beats, () => undefined);
}
