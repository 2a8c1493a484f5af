import { failed, type Attempt, type Failed } from 'lwasync/learn';

// Beats of a free thread: so long an answer takes while a timer is set, and so long it may take to notice that it is there. What takes
// a certain time is through in the first, or not in the second.
const LONG_BEATS = 400;
const NOTICE_BEATS = 150;

/** Whether the function goes on while the answer to its first call is kept back for long. */
export function goesOnEarly(attempt: Attempt, news: Promise<unknown>): Promise<boolean> {
  return comesWithin(LONG_BEATS, attempt, news);
}

/** A page is there: a timer may look for that from time to time, but what waits for it alone does not go on. */
export async function judgeNotice(
  attempt: Attempt,
  news: Promise<unknown>,
): Promise<Failed | undefined> {
  if (await comesWithin(NOTICE_BEATS, attempt, news)) return undefined;
  const timer = await attempt.timerLine();
  return timer === undefined
    ? undefined
    : waitsSomeTime('a call was answered, and it did not go on', timer);
}

/** It took a timer for the page. */
export function waitsSomeTime(seen: string, timer: number): Failed {
  return failed(
    'waits-some-time',
    `${seen}; it waited for a timer, begun in line ${timer}, and however long that takes, a page may take longer`,
  );
}

function comesWithin(beats: number, attempt: Attempt, news: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    news.then(() => true),
    attempt.quiet(beats, () => undefined).then(() => false),
  ]);
}
