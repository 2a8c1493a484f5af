import { inspect, isDeepStrictEqual } from 'node:util';
import {
  failed,
  passed,
  shortestRound,
  type CheckContext,
  type Failed,
  type MeasuredLane,
  type Measurement,
  type ObservedCall,
  type Verdict,
  type WaitingCall,
} from 'lwasync/learn';

const NUMBER = 5;
// The server keeps the first call waiting until the thread has beaten so often, or for so many looks without.
const FREE_BEATS = 5;
const HELD_LOOKS = 20;
// Beats of a free thread after which a call that has not come is taken not to come.
const QUIET_BEATS = 20;
// More than any way to begin a call takes of the CPU; on a busy machine it takes longer, but no more of that.
const VAIN_CPU_MS = 500;
const ANSWER_AFTER_MS = 20;
const PATH = '/say-hi';

type Attempt = CheckContext['attempt'];

/** What a function did with a server that keeps its calls waiting. */
interface Observed extends ObservedCall {
  readonly name: string;
  readonly came: number;
  /** The path of a call that was made to another address than the one that was given. */
  readonly elsewhere: string | undefined;
  readonly mostAtOnce: number;
  /** Whether the thread beat while the first call waited. */
  readonly wasFree: boolean;
  /** Whether a call was not answered when the function returned. */
  readonly leftCalls: boolean;
  /** What the server answered, in the order of the calls. */
  readonly answers: readonly unknown[];
}

/** The server keeps every call waiting, and the looks meanwhile tell a held thread from a free one. */
export async function check(context: CheckContext): Promise<Verdict> {
  const one = await observe(context, 'makeOneCall', []);
  if ('passed' in one) return one;
  const fault = judgeCalls(one) ?? judgeOne(one);
  if (fault !== undefined) return fault;
  const numbers = [NUMBER, 2 + Math.floor(context.random() * 3)];
  let looks = 0;
  for (const number of numbers) {
    const many = await observe(context, 'makeManyCalls', [number]);
    if ('passed' in many) return many;
    const manyFault = judgeCalls(many) ?? judgeMany(many, number);
    if (manyFault !== undefined) return manyFault;
    looks += many.looks;
  }
  return passed(
    `${numbers.join(' and then ')} calls came one after another, every answer is in its place, and the thread was held at each of ${looks} looks`,
  );
}

async function observe(
  { attempt, random, startServer }: CheckContext,
  name: string,
  args: readonly unknown[],
): Promise<Observed | Failed> {
  const answers: unknown[] = [];
  let wasFree = false;
  const answer = async (call: WaitingCall): Promise<void> => {
    if (call.index === 0) wasFree = await isFree(attempt);
    else await attempt.looks(1);
    call.answer(answers[call.index]);
  };
  const server = await startServer((call) => {
    answers.push({ message: 'Hello World', id: random() });
    void answer(call);
  });
  const came = (): number => server.calls.length;
  let isOver = false;
  const call = attempt.call(name, [...args, `${server.url}${PATH}`]);
  const over = call.finally(() => (isOver = true)).catch(() => {});
  await Promise.race([over, computesInVain(attempt, () => isOver || came() > 0)]);
  if (!isOver && came() === 0) {
    return failed(
      'busy-waiting',
      `${name} computed for ${VAIN_CPU_MS} ms and no call came: it waits in a loop for something that cannot happen as long as it loops`,
    );
  }
  const seen = await call;
  const waited = came() - server.waiting.length;
  // A call that was started and not waited for may be on its way.
  if (waited === 0) await attempt.quiet(QUIET_BEATS, came);
  const { mostAtOnce } = server;
  const leftCalls = came() > waited;
  const elsewhere = server.calls.find(({ path }) => path !== PATH)?.path;
  return { ...seen, name, came: came(), elsewhere, mostAtOnce, wasFree, leftCalls, answers };
}

function isFree(attempt: Attempt): Promise<boolean> {
  return Promise.race([
    attempt.quiet(FREE_BEATS, () => 0).then(() => true),
    attempt.looks(HELD_LOOKS).then(() => false),
  ]);
}

/** Resolves when a thread has computed for long, or `isEnough`; where CPU time is not told by thread, only then. */
async function computesInVain(attempt: Attempt, isEnough: () => boolean): Promise<void> {
  const before = attempt.pulse.threadCpuMs;
  const hasComputed = (): boolean =>
    attempt.pulse.threadCpuMs.some((ms, thread) => ms - (before[thread] ?? 0) > VAIN_CPU_MS);
  while (!isEnough() && !hasComputed()) await attempt.looks(4);
}

/** What goes for one call and for many: there are some, and the thread is held until they are answered. */
function judgeCalls({
  name,
  came,
  elsewhere,
  gavePromise,
  wasFree,
  leftCalls,
}: Observed): Failed | undefined {
  if (came === 0) return failed('no-calls', `${name} returned and no call came to the server`);
  if (elsewhere !== undefined) {
    return failed(
      'another-address',
      `${name} was given an address that ends with ${PATH}, and asked the server for ${elsewhere}`,
    );
  }
  if (leftCalls) {
    return failed(
      'not-blocking',
      `${name} returned before its call was answered; it should hold the thread until the answer is there`,
    );
  }
  if (!gavePromise) return undefined;
  return wasFree
    ? failed(
        'not-blocking',
        `while the server kept ${name} waiting, a timer in the same thread went on; the thread should be held`,
      )
    : failed(
        'a-promise',
        `${name} held its thread until the answer was there, as it should, but then returned a promise of it and not the answer`,
      );
}

function judgeOne({ came, value, answers }: Observed): Failed | undefined {
  if (came > 1)
    return failed('too-many-calls', `makeOneCall made ${came} calls; one was asked for`);
  if (isDeepStrictEqual(value, answers[0])) return undefined;
  const expected = JSON.stringify(answers[0]);
  if (value === undefined) {
    return failed(
      'not-returned',
      `the server answered ${expected}, and makeOneCall returned undefined`,
    );
  }
  return holds(value, answers[0])
    ? failed(
        'not-decoded',
        `makeOneCall returned ${kindOf(value)}; asked for is the answer itself, which decoded from JSON is the object ${expected}`,
      )
    : failed(
        'not-the-answer',
        `the server answered ${expected}, and makeOneCall returned something else`,
      );
}

function judgeMany(
  { came, mostAtOnce, value, answers }: Observed,
  number: number,
): Failed | undefined {
  const asked = `makeManyCalls was asked for ${number} calls`;
  if (mostAtOnce > 1) {
    return failed(
      'several-at-once',
      `${asked} and had ${mostAtOnce} in flight at once; here each should wait for the one before`,
    );
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  if (came === 1 && number > 1 && list.length === number) {
    return failed('one-answer-repeated', `${asked}, made one, and returned its answer so often`);
  }
  if (came < number) return failed('too-few-calls', `${asked} and made ${came}`);
  if (came > number) return failed('too-many-calls', `${asked} and made ${came}`);
  if (value === undefined) return failed('not-returned', `${asked} and returned undefined`);
  if (!Array.isArray(value)) {
    return failed('answers-missing', `${asked} and made them, but what it returned is no list`);
  }
  const isAt = (answer: unknown, index: number): boolean => isDeepStrictEqual(list[index], answer);
  if (list.length === number && answers.every(isAt)) return undefined;
  const isThere = (answer: unknown): boolean => list.some((one) => isDeepStrictEqual(one, answer));
  if (list.length === number && answers.every(isThere)) {
    return failed('not-in-order', `${asked} and returned the answers in another order`);
  }
  const found = answers.filter(isThere).length;
  return failed(
    'answers-missing',
    `${asked} and made them, but ${found} of the ${number} answers ${found === 1 ? 'is' : 'are'} in the list that it returned, which has ${list.length}`,
  );
}

function holds(value: unknown, answer: unknown): boolean {
  const id = String(Reflect.get(Object(answer), 'id'));
  const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
  return (typeof text === 'string' ? text : inspect(text)).includes(id);
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'the answer as it came, a text';
  return value instanceof Uint8Array
    ? 'the answer as it came, bytes'
    : 'something that holds the answer';
}

/** One, ten and twenty blocking calls of a server that answers each after 20 ms, and the beats of the thread meanwhile. */
export async function measure({ attempt, startServer }: CheckContext): Promise<Measurement> {
  let beganMs = 0;
  let calls: MeasuredLane[] = [];
  const server = await startServer((call) => {
    const fromMs = performance.now() - beganMs;
    setTimeout(() => {
      call.answer({ message: 'Hello World' });
      const spans = [{ fromMs, toMs: performance.now() - beganMs }];
      calls.push({ name: `call ${calls.length + 1}`, spans });
    }, ANSWER_AFTER_MS);
  });
  const make = (number: number) =>
    shortestRound(async () => {
      beganMs = performance.now();
      calls = [];
      return { ...(await attempt.call('makeManyCalls', [number, server.url])), calls };
    });
  const one = await make(1);
  const ten = await make(10);
  const held = [{ fromMs: 0, toMs: ten.durationMs }];
  const lanes = [
    ...ten.calls,
    ...(ten.beats === 0 ? [{ name: 'the thread is held', spans: held }] : []),
  ];
  const twenty = await make(20);
  const [tenTimes, twentyTimes] = [
    ten.durationMs / one.durationMs,
    twenty.durationMs / one.durationMs,
  ];
  return {
    text:
      `one call took ${one.durationMs.toFixed(0)} ms, ten ${ten.durationMs.toFixed(0)} ms and twenty ${twenty.durationMs.toFixed(0)} ms; ` +
      `meanwhile a timer of the same thread that is due every 5 ms fired ${ten.beats + twenty.beats} times`,
    choice: choiceOf(tenTimes, twentyTimes, (ten.beats + twenty.beats) / twenty.looks),
    lanes,
  };
}

function choiceOf(ten: number, twenty: number, beatsPerLook: number): number | undefined {
  if (ten < 2 && twenty < 2) return 0;
  // Between hardly longer and twice as long stands a machine that had something else to do.
  if (ten > 5 && twenty < 1.2 * ten) return 3;
  if (ten < 5 || twenty < 1.5 * ten) return undefined;
  return beatsPerLook > 0.2 ? 1 : 2;
}
