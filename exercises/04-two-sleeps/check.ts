import {
  failed,
  passed,
  type Attempt,
  type CheckContext,
  type Failed,
  type Verdict,
} from 'lwasync/learn';
import { ASYNCHRONOUS, BLOCKING, type Judge } from './check/judge.js';
import { isTooShort, leavesSomething, sleepOnce } from './check/sleep.js';
import { checkTogether, TOGETHER } from './check/together.js';

export { measure } from './check/measure.js';

const SHORT_MS = 10;
// What else a machine does spoils one sleep, but not so many in a row; the time of one that starts a process it spoils oftener.
const FAULT_TRIES = 3;
const TIME_TRIES = 5;

/** Each sleep is judged by the beats and the CPU time of its thread, and by how long it took at least. */
export async function check({ attempt, random }: CheckContext): Promise<Verdict> {
  const longMs = 80 + Math.floor(random() * 40);
  const fault =
    (await checkSleep(attempt, BLOCKING, longMs)) ??
    (await checkSleep(attempt, ASYNCHRONOUS, longMs)) ??
    (await checkTogether(attempt));
  return (
    fault ??
    passed(
      `nothing else ran in the thread during a blocking sleep of ${longMs} ms, everything else could during an asynchronous one, no thread computed meanwhile, and ${TOGETHER} slept together`,
    )
  );
}

async function checkSleep(
  attempt: Attempt,
  judge: Judge,
  longMs: number,
): Promise<Failed | undefined> {
  const { name } = judge;
  let [shortestMs, longestMs] = [Infinity, 0];
  let fault: Failed | undefined;
  for (let tries = 1; tries <= TIME_TRIES; tries += 1) {
    const short = await sleepOnce(attempt, name, SHORT_MS);
    if (isTooShort(short)) return judge.tooShort(short, await leavesSomething(attempt, name));
    const long = await sleepOnce(attempt, name, longMs);
    if (tries === 1 || (fault !== undefined && tries <= FAULT_TRIES)) fault = judge.sleep(long);
    shortestMs = Math.min(shortestMs, short.durationMs);
    longestMs = Math.max(longestMs, long.durationMs);
    const isTold = !isTooShort(long) && longestMs - shortestMs > (longMs - SHORT_MS) / 2;
    if (isTold && (fault === undefined || tries >= FAULT_TRIES)) return fault;
  }
  return failed(
    'ignores-the-time',
    `${name}(${SHORT_MS}) took ${shortestMs.toFixed(1)} ms and ${name}(${longMs}) ${longestMs.toFixed(1)} ms; each should take the time that it is told`,
  );
}
