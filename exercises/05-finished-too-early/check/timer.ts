import { failed, whatCame, type Attempt, type Failed } from 'lwasync/learn';
import { judgeProgress } from './judge.js';
import type { Run } from './run.js';

// Beats of a free thread: so long saves may take while a timer is set, and so long it may take to notice that they are done. What
// takes a certain time is through in the first, or not in the second.
const LONG_BEATS = 600;
const NOTICE_BEATS = 200;

/** Where a timer is set, in line `timer`, the saves take long: longer than what waits for nothing but the timer. */
export async function judgeLongSaves(run: Run, timer: number): Promise<Failed | undefined> {
  await newsWithin(run, LONG_BEATS);
  await run.attempt.settled();
  const fault = judgeProgress(run);
  return fault === undefined
    ? undefined
    : failed(
        'waits-some-time',
        `${fault.message}; it had waited for a timer, begun in line ${timer}`,
      );
}

/** The fault where a timer is left when all is done. */
export async function judgeTimerLeft(attempt: Attempt): Promise<Failed | undefined> {
  const left = await attempt.timerLine();
  return left === undefined
    ? undefined
    : failed(
        'waits-some-time',
        `when all was done a timer, begun in line ${left}, still ran; however long it takes, a save may take longer`,
      );
}

/** Nothing is under way: a timer may look for that from time to time, but what waits for it alone does not go on. */
export async function judgeWaiting(run: Run): Promise<Failed | undefined> {
  const { attempt, save, tell } = run;
  if (run.outcome !== undefined || save.waiting.length + tell.waiting.length > 0) return undefined;
  const timer = await attempt.timerLine();
  if (timer === undefined) return undefined;
  const before = save.calls.length + tell.calls.length;
  await newsWithin(run, NOTICE_BEATS);
  await attempt.settled();
  if (isReturned(run) || save.calls.length + tell.calls.length > before) return undefined;
  return failed(
    'waits-some-time',
    `nothing was under way any more, and it waited for a timer, begun in line ${timer}; however long that takes, a save may take longer`,
  );
}

function isReturned({ outcome }: Run): boolean {
  return outcome !== undefined;
}

async function newsWithin(run: Run, beats: number): Promise<void> {
  const news = new Promise<void>((resolve) => (run.onNews = resolve));
  await whatCame(run.attempt, news, beats);
}
