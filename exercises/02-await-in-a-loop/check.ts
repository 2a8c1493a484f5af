import { isDeepStrictEqual } from 'node:util';
import {
  failed,
  passed,
  shortestRound,
  type CheckContext,
  type Failed,
  type MeasuredSpan,
  type Measurement,
  type ObservedCall,
  type Verdict,
  type WaitingCall,
} from 'lwasync/learn';
import { goesOnEarly, judgeNotice, waitsSomeTime } from './check/timers.js';

const NUMBER = 10;
// Calls are kept waiting until the thread has beaten so often, the first ones oftener, or for so many looks without.
const KEPT_WAITING = 3;
const FREE_BEATS = 10;
// More than can be on their way here when a call comes.
const FEW_BEATS = 4;
const HELD_LOOKS = 60;
// Beats of a free thread after which a call that has not come is taken not to come.
const QUIET_BEATS = 20;
const ANSWER_AFTER_MS = 20;
const ANOTHER_CALL = 'it made another call before its first was answered';

const ignored = (): undefined => undefined;

type Attempt = CheckContext['attempt'];

interface Page {
  readonly page: number;
  readonly next: string;
}

/** A list of pages, each of which alone knows the address of the next, so that no two can be asked for together. */
interface Pages {
  readonly firstPath: string;
  at(path: string): Page | undefined;
}

/** What a function did with the pages of a server that keeps its calls waiting. */
interface Observed extends ObservedCall {
  readonly paths: readonly string[];
  readonly mostAtOnce: number;
  /** Whether the thread did not beat while a call waited. */
  readonly wasHeld: boolean;
  /** The line of a timer, where it returned while the answer to its first call was kept back. */
  readonly timer: number | undefined;
  /** Calls that were not answered when the function returned. */
  readonly left: number;
  readonly pages: Pages;
}

/** The server keeps calls waiting until the thread has beaten, which a thread that is held never does. */
export async function check(context: CheckContext): Promise<Verdict> {
  const numbers = [NUMBER, 2 + Math.floor(context.random() * 4)];
  let beats = 0;
  for (const [index, number] of numbers.entries()) {
    const observed = await observe(context, number, index === 0);
    if ('passed' in observed) return observed;
    const fault = judgeWaiting(observed, number) ?? judgePages(observed, number);
    if (fault !== undefined) return fault;
    beats += observed.beats;
  }
  return passed(
    `${numbers.join(' and then ')} pages were read one after another, and the thread was free meanwhile: a timer in it fired ${beats} times`,
  );
}

/** Where the module has set a timer, and `keepsBack`, the first answer takes longer than what waits for nothing but the timer. */
async function observe(
  context: CheckContext,
  number: number,
  keepsBack: boolean,
): Promise<Observed | Failed> {
  const { attempt, random, startServer } = context;
  let wasHeld = false;
  let hasEnded = false;
  // The line of the timer, while the answer is kept back.
  let timer: number | undefined;
  const came = (): number => server.calls.length;
  const news = (): Promise<unknown> => Promise.race([over, server.untilCalls(came() + 1)]);
  const answer = async (call: WaitingCall): Promise<Failed | undefined> => {
    const beats = call.index < KEPT_WAITING ? FREE_BEATS : FEW_BEATS;
    wasHeld ||= !(await isFree(attempt, beats, came));
    if (keepsBack && came() === 1 && !wasHeld && !hasEnded) timer = await attempt.timerLine();
    if (timer !== undefined && call.index === 0) {
      const isEarly = await goesOnEarly(attempt, news());
      if (isEarly) return came() > 1 ? waitsSomeTime(ANOTHER_CALL, timer) : undefined;
      timer = undefined;
    }
    call.answer(pages.at(call.path) ?? { page: 0, next: server.url });
    return judgeNotice(attempt, news());
  };
  let tell: (fault: Failed) => void = ignored;
  const told = new Promise<Failed>((resolve) => (tell = resolve));
  const server = await startServer((call) => {
    answer(call).then((fault) => fault !== undefined && tell(fault), ignored);
  });
  const pages = makePages(server.url, random);
  const call = attempt.outcome('makeManyCalls', [number, `${server.url}${pages.firstPath}`]);
  const over = call.finally(() => (hasEnded = true)).then(ignored, ignored);
  const fault = await Promise.race([over, told]);
  if (fault !== undefined) return fault;
  const outcome = await call;
  if (outcome.threw !== undefined) {
    // Perhaps the timer was for a limit.
    return timer === undefined
      ? failed('throws', `it threw: ${outcome.threw.said}`)
      : observe(context, number, false);
  }
  const answered = came() - server.waiting.length;
  // A call that was started and not waited for may be on its way.
  if (answered < number) await attempt.quiet(QUIET_BEATS, came);
  const paths = server.calls.map(({ path }) => path);
  return {
    ...outcome,
    paths,
    mostAtOnce: server.mostAtOnce,
    wasHeld,
    timer,
    left: came() - answered,
    pages,
  };
}

/** Whether the thread beats while a call waits, in which more calls may come. */
async function isFree(attempt: Attempt, beats: number, since: () => unknown): Promise<boolean> {
  const before = attempt.pulse.beats;
  await Promise.race([attempt.quiet(beats, since), attempt.looks(HELD_LOOKS)]);
  return attempt.pulse.beats - before >= beats;
}

function makePages(url: string, random: () => number): Pages {
  const firstPath = '/pages';
  const pages = new Map<string, Page>();
  let path = firstPath;
  for (let page = 1; page <= 2 * NUMBER; page += 1) {
    const nextPath = `${firstPath}/${random().toString(36).slice(2)}`;
    pages.set(path, { page, next: `${url}${nextPath}` });
    path = nextPath;
  }
  return { firstPath, at: (asked) => pages.get(asked) };
}

/** Whether the thread is free and the function waits for its calls all the same. */
function judgeWaiting(
  { paths, wasHeld, timer, left, value }: Observed,
  number: number,
): Failed | undefined {
  if (paths.length === 0) return failed('no-calls', 'no call came to the server');
  if (wasHeld) {
    return failed(
      'still-blocking',
      'while the server kept a call waiting, a timer in the same thread did not fire once; the thread should be free for others',
    );
  }
  if (value !== undefined && !Array.isArray(value)) {
    return failed(
      'await-forgotten',
      `asked for ${number} pages, it returned something else: promises of pages, say, are no pages yet`,
    );
  }
  // Where all pages are in the list, what else was asked for is what is wrong.
  if (left === 0 || value?.length === number) return undefined;
  const list = value === undefined ? 'no list' : `a list of ${value.length}`;
  const seen = `asked for ${number} pages, it returned ${list} before ${left === 1 ? 'a call was' : `${left} calls were`} answered`;
  return timer === undefined ? failed('not-awaited', seen) : waitsSomeTime(seen, timer);
}

function judgePages(
  { paths, mostAtOnce, value, pages }: Observed,
  number: number,
): Failed | undefined {
  if (mostAtOnce > 1) {
    return failed(
      'all-at-once',
      `${mostAtOnce} calls were in flight at once; only the answer to one call says where the next page is`,
    );
  }
  const wrong = judgePaths(paths.slice(0, number), pages);
  if (wrong !== undefined) return wrong;
  const asked = `asked for ${number} pages, it made ${paths.length} calls`;
  if (paths.length < number) return failed('too-few-calls', asked);
  if (paths.length > number) return failed('too-many-calls', asked);
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const isAt = (path: string, index: number): boolean =>
    isDeepStrictEqual(list[index], pages.at(path));
  if (list.length === number && paths.every(isAt)) return undefined;
  return failed(
    'pages-missing',
    `it read the ${number} pages, one after another, and returned ${value === undefined ? 'undefined' : 'something else'} and not the list of them in this order`,
  );
}

function judgePaths(paths: readonly string[], pages: Pages): Failed | undefined {
  let expected = pages.firstPath;
  for (const [index, path] of paths.entries()) {
    if (path !== expected) {
      const call = `call ${index + 1} asked for ${path} and not for ${expected}, which`;
      return paths.indexOf(path) < index
        ? failed('same-page-again', `${call} the page before gave as the next; it was read before`)
        : failed(
            'not-the-next',
            `${call} ${index === 0 ? 'it was given' : 'the page before gave'}`,
          );
    }
    expected = new URL(pages.at(path)?.next ?? '').pathname;
  }
  return undefined;
}

/** Ten pages of a server that answers after 20 ms: awaited, then with the thread held. */
export async function measure({
  attempt,
  random,
  startServer,
}: CheckContext): Promise<Measurement> {
  let beganMs = 0;
  const now = (): number => performance.now() - beganMs;
  let calls: MeasuredSpan[] = [];
  const server = await startServer((call) => {
    const fromMs = now();
    setTimeout(() => {
      call.answer(pages.at(call.path));
      calls.push({ fromMs, toMs: now() });
    }, ANSWER_AFTER_MS);
  });
  const pages = makePages(server.url, random);
  const read = (name: string) =>
    shortestRound(async () => {
      calls = [];
      beganMs = performance.now();
      let isOver = false;
      const call = attempt.call(name, [NUMBER, `${server.url}${pages.firstPath}`]);
      call.finally(() => (isOver = true)).catch(() => {});
      const free = await freeSpans(attempt, now, () => isOver);
      return { ...(await call), calls, free };
    });
  const awaiting = await read('makeManyCalls');
  const text = `awaiting, ten pages took ${awaiting.durationMs.toFixed(0)} ms, and a timer of the same thread fired ${awaiting.beats} times`;
  const lanes = [
    { name: 'awaiting: calls', spans: awaiting.calls },
    { name: 'awaiting: the thread is free', spans: awaiting.free },
  ];
  try {
    const blocking = await read('makeManyCallsBlocking');
    return {
      text: `${text}; blocking, they took ${blocking.durationMs.toFixed(0)} ms, and it fired ${blocking.beats} times`,
      choice: choiceOf(awaiting.durationMs / blocking.durationMs, awaiting.beats / awaiting.looks),
      lanes: [
        ...lanes,
        { name: 'blocking: calls', spans: blocking.calls },
        { name: 'blocking: the thread is free', spans: blocking.free },
      ],
    };
  } catch (error) {
    // The blocking one is the learner's to throw away; faults of an attempt have a code.
    if (!(error instanceof Error && 'code' in error)) throw error;
    return {
      text: `${text}; makeManyCallsBlocking did not run beside it`,
      choice: undefined,
      lanes,
    };
  }
}

/** When the thread beat, between one look and the next. */
async function freeSpans(
  attempt: Attempt,
  now: () => number,
  isOver: () => boolean,
): Promise<MeasuredSpan[]> {
  const spans: MeasuredSpan[] = [];
  let { beats } = attempt.pulse;
  let fromMs = now();
  while (!isOver()) {
    await attempt.looks(1);
    const toMs = now();
    if (attempt.pulse.beats > beats) spans.push({ fromMs, toMs });
    ({ beats } = attempt.pulse);
    fromMs = toMs;
  }
  return spans;
}

function choiceOf(timesAsLong: number, beatsPerLook: number): number | undefined {
  if (timesAsLong < 0.6) return 1;
  if (timesAsLong > 1.6) return 3;
  return beatsPerLook > 0.5 ? 0 : beatsPerLook < 0.2 ? 2 : undefined;
}
