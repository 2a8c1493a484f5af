import {
  passed,
  shortestRound,
  shuffled,
  type CheckContext,
  type Failed,
  type MeasuredLane,
  type Measurement,
  type Verdict,
  type WaitingCall,
} from 'lwasync/learn';
import { judgeAnswers, judgeMost, tooFew } from './check/judge-answers.js';

const NUMBERS = [10, 20];
// Beats of a free thread after which a call that has not come is taken not to come: a short time where the function has returned,
// a second where it may yet make one.
const QUIET_BEATS = 20;
const STALLED_BEATS = 200;
const BEATS_TO_ARRIVE = 2;
// The last answer is kept so long that a pause is no way to wait for it.
const LAST_AFTER_BEATS = 60;
const ANSWER_AFTER_MS = 50;

type Attempt = CheckContext['attempt'];

/** The server answers nobody until all calls are there, and then in an order of its own. */
export async function check(context: CheckContext): Promise<Verdict> {
  for (const number of NUMBERS) {
    const fault = await checkNumber(number, context);
    if (fault !== undefined) return fault;
  }
  return passed(
    `${NUMBERS.join(' and then ')} calls were in flight together, and every answer was in its place`,
  );
}

async function checkNumber(
  number: number,
  { attempt, random, startServer }: CheckContext,
): Promise<Failed | undefined> {
  const answers: unknown[] = [];
  const given: unknown[] = [];
  let isStalled = false;
  const answer = (call: WaitingCall): void => {
    given.push(answers[call.index]);
    call.answer(answers[call.index]);
  };
  const server = await startServer((call) => {
    answers.push({ id: random() });
    if (isStalled || call.index >= number) answer(call);
    else if (call.index === number - 1) {
      void answerOneByOne(attempt, shuffledButFirst(server.waiting, random), answer);
    }
  });
  const came = (): number => server.calls.length;
  let isOver = false;
  const call = attempt.call('makeManyCalls', [number, server.url]);
  const over = call.finally(() => (isOver = true)).catch(() => {});
  await Promise.race([over, attempt.quiet(STALLED_BEATS, () => came() + given.length)]);
  const most = server.mostAtOnce;
  if (!isOver && most > 0 && most < number) {
    // Nothing more comes as long as these are not answered.
    isStalled = true;
    server.waiting.forEach(answer);
    await call;
    return came() < number ? tooFew(number, came()) : judgeMost(number, most);
  }
  const { value } = await call;
  const answered = came() - server.waiting.length;
  // Calls that were started and not waited for may be on their way.
  await attempt.quiet(QUIET_BEATS, came);
  return judgeAnswers(number, { value, came: came(), left: came() - answered, answers, given });
}

/** An order that is not that of the calls. */
function shuffledButFirst(
  [first, ...others]: readonly WaitingCall[],
  random: () => number,
): WaitingCall[] {
  return [...shuffled(others, random), ...(first === undefined ? [] : [first])];
}

/** Each answer is there before the next, which two beats of the thread make sure. */
async function answerOneByOne(
  attempt: Attempt,
  calls: readonly WaitingCall[],
  answer: (call: WaitingCall) => void,
): Promise<void> {
  for (const [index, call] of calls.entries()) {
    const isLast = index === calls.length - 1;
    await attempt.quiet(isLast ? LAST_AFTER_BEATS : BEATS_TO_ARRIVE, () => undefined);
    answer(call);
  }
}

/** Ten and twenty calls on a server that answers each after 50 ms, against one call after another. */
export async function measure({ attempt, startServer }: CheckContext): Promise<Measurement> {
  let lanes: MeasuredLane[] = [];
  let beganMs = 0;
  const server = await startServer((call) => {
    const fromMs = performance.now() - beganMs;
    setTimeout(() => {
      call.answer({ call: call.index });
      lanes.push({
        name: `call ${lanes.length + 1}`,
        spans: [{ fromMs, toMs: performance.now() - beganMs }],
      });
    }, ANSWER_AFTER_MS);
  });
  const make = (number: number) =>
    shortestRound(async () => {
      beganMs = performance.now();
      lanes = [];
      return { ...(await attempt.call('makeManyCalls', [number, server.url])), lanes };
    });
  const [one, ten, twenty] = [await make(1), await make(10), await make(20)];
  const [tenTimes, twentyTimes] = [
    (10 * one.durationMs) / ten.durationMs,
    (20 * one.durationMs) / twenty.durationMs,
  ];
  return {
    text:
      `one call took ${one.durationMs.toFixed(0)} ms; ten took ${ten.durationMs.toFixed(0)} ms, which is ${tenTimes.toFixed(1)} times faster than ` +
      `one after another, and twenty ${twenty.durationMs.toFixed(0)} ms, ${twentyTimes.toFixed(1)} times faster`,
    choice: choiceOf(tenTimes, twentyTimes),
    lanes: twenty.lanes,
  };
}

function choiceOf(ten: number, twenty: number): number | undefined {
  if (ten < 1.5 && twenty < 1.5) return 0;
  if (ten > 5 && twenty > 1.5 * ten) return 2;
  if (ten > 5) return 1;
  return ten < 3 && twenty < 3 ? 3 : undefined;
}
