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
  type WatchedServer,
} from 'lwasync/learn';

const NUMBERS = [10, 20];
// Beats of a free thread after which a call that has not come is taken not to come.
const QUIET_BEATS = 20;
const BEATS_TO_ARRIVE = 2;
const ANSWER_AFTER_MS = 50;

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
  const server = await startServer((one) => {
    if (one.index === number - 1) void answerOneByOne(server, { attempt, random });
    if (one.index >= number) one.answer({ call: one.index });
  });
  const came = (): number => server.calls.length;
  const answered = (): number => came() - server.waiting.length;
  let isOver = false;
  let answeredThen = 0;
  const call = attempt.call('makeManyCalls', [number, server.url]);
  const over = call
    .finally(() => {
      isOver = true;
      answeredThen = answered();
    })
    .catch(() => {});
  await Promise.race([over, attempt.quiet(QUIET_BEATS, () => came() + Math.min(answered(), 1))]);
  const most = server.mostAtOnce;
  if (!isOver && most > 0 && most < number) {
    // Nothing more comes as long as these are not answered.
    return most === 1
      ? failed(
          'one-after-another',
          `it waited for the answer to one call before it made the next: of ${number} calls one was in flight`,
        )
      : failed(
          'some-at-a-time',
          `of ${number} calls no more than ${most} were in flight together; all of them should be`,
        );
  }
  const { value } = await call;
  // Calls that were started and not waited for may be on their way.
  await attempt.quiet(QUIET_BEATS, came);
  return judgeCalls(number, came(), answeredThen) ?? judgeAnswers(number, value);
}

/** In an order of its own that is not that of the calls; each is there before the next, which two beats of the thread make sure. */
async function answerOneByOne(
  { waiting }: WatchedServer,
  { attempt, random }: Pick<CheckContext, 'attempt' | 'random'>,
): Promise<void> {
  const [first, ...others] = waiting;
  for (const call of [...shuffled(others, random), first]) {
    call?.answer({ call: call.index });
    await attempt.quiet(BEATS_TO_ARRIVE, () => undefined);
  }
}

/** Whether it made its calls and waited for them. */
function judgeCalls(number: number, came: number, answered: number): Failed | undefined {
  if (came === 0) return failed('no-calls', 'no call came to the server');
  if (came > number) {
    return failed('too-many-calls', `${came} calls came to the server; ${number} were asked for`);
  }
  return answered < number
    ? failed(
        'not-awaited',
        `it made ${came} calls and returned when ${answered} of them were answered: a promise is no answer yet`,
      )
    : undefined;
}

function judgeAnswers(number: number, value: unknown): Failed | undefined {
  if (!Array.isArray(value) || value.length !== number) {
    const got = Array.isArray(value) ? `a list of ${value.length}` : 'no list of answers';
    return failed('answers-missing', `it waited for ${number} answers and then returned ${got}`);
  }
  const places = value.map((answer): unknown => Reflect.get(Object(answer), 'call'));
  if (new Set(places).size !== number) {
    return failed(
      'not-answers',
      `expected the ${number} answers of the server, got something else`,
    );
  }
  return places.every((place, index) => place === index)
    ? undefined
    : failed(
        'in-order-of-arrival',
        'the answers stand in the order in which they came, and not in that of the calls',
      );
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
