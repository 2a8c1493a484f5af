import {
  failed,
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
import {
  answerOneByOne,
  judgeNotice,
  keepBack,
  timerOf,
  waitsSomeTime,
} from './check/answer-late.js';
import { judgeAnswers, judgeMost, tooFew } from './check/judge-answers.js';

const NUMBERS = [10, 20];
// Beats of a free thread after which a call that has not come is taken not to come: a short time where the function has returned,
// a second where it may yet make one.
const QUIET_BEATS = 20;
const STALLED_BEATS = 200;
const ANSWER_AFTER_MS = 50;

const ignored = (): undefined => undefined;

/** The server answers nobody until all calls are there, and then in an order of its own. */
export async function check(context: CheckContext): Promise<Verdict> {
  for (const [index, number] of NUMBERS.entries()) {
    const fault = await checkNumber(number, context, index === 0);
    if (fault !== undefined) return fault;
  }
  return passed(
    `${NUMBERS.join(' and then ')} calls were in flight together, and every answer was in its place`,
  );
}

/** Where the module has set a timer, and `keepsBack`, all answers take longer than what waits for nothing but the timer. */
async function checkNumber(
  number: number,
  context: CheckContext,
  keepsBack: boolean,
): Promise<Failed | undefined> {
  const { attempt, random, startServer } = context;
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
  });
  const came = (): number => server.calls.length;
  let isOver = false;
  let timer: number | undefined;
  const call = attempt.outcome('makeManyCalls', [number, server.url]);
  const over = call.finally(() => (isOver = true)).then(ignored, ignored);
  const answerAll = async (): Promise<Failed | undefined> => {
    if (keepsBack) timer = await timerOf(attempt, over);
    if (timer !== undefined) await keepBack(attempt, over);
    if (isOver) return undefined;
    await answerOneByOne(attempt, shuffledButFirst(server.waiting, random), answer);
    return judgeNotice(attempt, over);
  };
  // What goes wrong there goes wrong with the call, too.
  const answering = server.untilCalls(number).then(answerAll).catch(ignored);
  await Promise.race([over, attempt.quiet(STALLED_BEATS, () => came() + given.length)]);
  const most = server.mostAtOnce;
  if (!isOver && most > 0 && most < number) {
    // Nothing more comes as long as these are not answered.
    isStalled = true;
    server.waiting.forEach(answer);
    const { threw } = await call;
    if (threw !== undefined) return thrown(threw);
    return came() < number ? tooFew(number, came()) : judgeMost(number, most);
  }
  const late = await Promise.race([over, answering]);
  if (late !== undefined) return late;
  const outcome = await call;
  if (outcome.threw !== undefined) {
    // Perhaps the timer was for a limit.
    return timer === undefined ? thrown(outcome.threw) : checkNumber(number, context, false);
  }
  const { value } = outcome;
  const answered = came() - server.waiting.length;
  // Calls that were started and not waited for may be on their way.
  await attempt.quiet(QUIET_BEATS, came);
  const left = came() - answered;
  const fault = judgeAnswers(number, { value, came: came(), left, answers, given });
  return timer !== undefined && fault?.diagnosis === 'not-awaited'
    ? waitsSomeTime(fault.message, timer)
    : fault;
}

function thrown({ said }: { readonly said: string }): Failed {
  return failed('throws', `it threw: ${said}`);
}

/** An order that is not that of the calls. */
function shuffledButFirst(
  [first, ...others]: readonly WaitingCall[],
  random: () => number,
): WaitingCall[] {
  return [...shuffled(others, random), ...(first === undefined ? [] : [first])];
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
