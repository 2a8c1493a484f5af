import {
  everyOrder,
  passed,
  type CheckContext,
  type Choose,
  type Failed,
  type Verdict,
} from 'lwasync/learn';
import { judgeEnd, judgeFailed, judgeProgress } from './check/judge.js';
import { begin, type Run } from './check/run.js';
import { judgeLongSaves, judgeTimerLeft, judgeWaiting } from './check/timer.js';

export { measure } from './check/measure.js';

const FEW = 3;
const MANY = 10;
const MOST_RUNS = 100;
// With a timer, each step takes some beats.
const MOST_TIMED_RUNS = 8;

/** Ends few saves in every order, many in one, and none; then few in every order with every choice of failures. */
export async function check({ attempt, random }: CheckContext): Promise<Verdict> {
  const anyOf: Choose = (number) => Math.floor(random() * number);
  const never = (): boolean => false;
  const first = begin(attempt, FEW);
  await attempt.settled();
  const timer = await attempt.timerLine();
  const most = timer === undefined ? MOST_RUNS : MOST_TIMED_RUNS;
  const fault =
    (timer === undefined ? undefined : await judgeLongSaves(first, timer)) ??
    (await checkRun(first, () => 0, never)) ??
    (await judgeTimerLeft(attempt)) ??
    (await everyOrder(most, (choose) => checkRun(begin(attempt, FEW), choose, never))) ??
    (await checkRun(begin(attempt, MANY), anyOf, never)) ??
    (await checkRun(begin(attempt, 0), anyOf, never)) ??
    (await everyOrder(most, (choose) =>
      checkRun(begin(attempt, FEW), choose, () => choose(2) === 1),
    ));
  return (
    fault ??
    passed(
      `in every order of ${FEW} saves, and with ${MANY}, it told and returned after the last of them, and no failure was lost`,
    )
  );
}

/** Ends the saves one by one, then the telling, and looks after each what became of it. */
async function checkRun(
  run: Run,
  choose: Choose,
  fails: () => boolean,
): Promise<Failed | undefined> {
  const { attempt, save, tell, failures } = run;
  for (;;) {
    await attempt.settled();
    const fault =
      (await judgeWaiting(run)) ?? (failures.length > 0 ? judgeFailed(run) : judgeProgress(run));
    if (fault !== undefined) return fault;
    const underWay = save.waiting.length > 0 ? save.waiting : tell.waiting;
    const next = underWay[choose(underWay.length)];
    if (next === undefined) return failures.length > 0 ? undefined : judgeEnd(run);
    if (fails()) {
      const reason = `out of reach (${failures.length + 1})`;
      failures.push(reason);
      next.fail(reason);
    } else {
      next.answer();
      if (save.calls.includes(next)) run.saved += 1;
    }
  }
}
