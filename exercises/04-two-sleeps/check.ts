import {
  failed,
  passed,
  type CheckContext,
  type Failed,
  type MeasuredLane,
  type Measurement,
  type ObservedCall,
  type Verdict,
} from 'lwasync/learn';

type Attempt = CheckContext['attempt'];

const SHORT_MS = 10;
const TOGETHER = 50;
const TOGETHER_MS = 60;
// Of sleeps that begin together each other one is so much shorter, the first of them, too.
const SHORTER_MS = 30;
// A beat of a free thread comes at the earliest so long after the one before, however busy the machine is.
const BEAT_MS = 5;
// Node counts a timer in whole milliseconds of a clock that it read some time before.
const EARLY_MS = 2;
// A thread that is asleep takes less of the CPU than the one that looks at it every 5 ms, on a slow machine, too.
const LITTLE_CPU_MS = 3;
// What else a machine does spoils one sleep, but not so many in a row; the time of one that starts a process it spoils oftener.
const FAULT_TRIES = 3;
const TIME_TRIES = 5;
// Long enough to be found still going on, on a busy machine, too.
const LEFT_MS = 2000;
// A thread that beats at one look of so many is taken to be held.
const FREE_SHARE = 4;
const MEASURED_MS = 100;

/** One sleep, and whether a thread computed meanwhile. */
interface Sleep extends ObservedCall {
  readonly name: string;
  readonly ms: number;
  readonly isBusy: boolean;
}

/** How the sleeps of one function are judged. */
interface Judge {
  readonly name: string;
  /** A sleep that is over before its time; `isLeft` is whether a timer, say, goes on after it. */
  readonly tooShort: (sleep: Sleep, isLeft: boolean) => Failed;
  readonly sleep: (sleep: Sleep) => Failed | undefined;
}

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

const BLOCKING: Judge = {
  name: 'sleepBlocking',
  tooShort: (sleep, isLeft) =>
    isLeft
      ? failed(
          'does-not-block',
          `${called(sleep)} began something that takes time and returned after ${took(sleep)}; it should return when the time is over`,
        )
      : failed('no-blocking-sleep', `${called(sleep)} returned after ${took(sleep)}`),
  sleep: (sleep) => {
    const { gavePromise, beats, looks } = sleep;
    if (gavePromise && beats > 0) {
      return failed(
        'promises-to-block',
        `${called(sleep)} returned a promise at once, and meanwhile a timer in the same thread fired ${beats} times; it should hold the thread`,
      );
    }
    if (gavePromise) {
      return failed(
        'a-promise',
        `${called(sleep)} held its thread, as it should, but then returned a promise; it should return nothing`,
      );
    }
    return sleep.isBusy
      ? failed(
          'burns-cpu',
          `${called(sleep)} held its thread at each of ${looks} looks, but the thread computed all the while; asleep it would leave the CPU to others`,
        )
      : undefined;
  },
};

const ASYNCHRONOUS: Judge = {
  name: 'sleepAsynchronously',
  tooShort: (sleep, isLeft) => {
    if (!isLeft) {
      return failed(
        'no-asynchronous-sleep',
        `${called(sleep)} was over after ${took(sleep)}, and nothing was left that could take time`,
      );
    }
    return failed(
      'not-awaited',
      sleep.gavePromise
        ? `the promise of ${called(sleep)} was fulfilled after ${took(sleep)}, while something that it had begun went on`
        : `${called(sleep)} began something that takes time and returned no promise of its end`,
    );
  },
  sleep: (sleep) => {
    const { beats, looks, isBusy } = sleep;
    const isFree = FREE_SHARE * beats >= looks;
    if (isFree && isBusy) {
      return failed(
        'polls',
        `during ${called(sleep)} other things could run in the thread, but it computed again and again; asleep it would leave the CPU to others`,
      );
    }
    if (isFree) return undefined;
    const held = `${called(sleep)} held its thread: a timer in it fired ${beats} times where ${looks} were possible`;
    return isBusy
      ? failed('burns-cpu', `${held}, and the thread computed all the while`)
      : failed('blocks-all-the-same', `${held}; others should be able to run meanwhile`);
  },
};

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

async function sleepOnce(attempt: Attempt, name: string, ms: number): Promise<Sleep> {
  const before = attempt.pulse.threadCpuMs;
  const seen = await attempt.call(name, [ms]);
  const after = attempt.pulse.threadCpuMs;
  // What a new thread takes to start is no matter.
  const [watchingMs = 0, ...othersMs] = before.map((cpuMs, thread) => (after[thread] ?? 0) - cpuMs);
  // Elsewhere than on Linux only the CPU time of the whole process is told, with what the watching took.
  const isBusy =
    before.length > 0
      ? othersMs.some((cpuMs) => cpuMs > Math.max(watchingMs, LITTLE_CPU_MS))
      : seen.cpuMs > ms / 2;
  return { ...seen, name, ms, isBusy };
}

/** Whether the function is over before something that takes time, a timer say, which it has begun. */
async function leavesSomething(attempt: Attempt, name: string): Promise<boolean> {
  await attempt.call(name, [LEFT_MS]);
  return (await attempt.open()).some(({ kind }) => kind !== 'PROMISE');
}

function isTooShort({ durationMs, ms }: Pick<Sleep, 'durationMs' | 'ms'>): boolean {
  return durationMs < ms - EARLY_MS;
}

function called({ name, ms }: Pick<Sleep, 'name' | 'ms'>): string {
  return `${name}(${ms})`;
}

function took({ durationMs }: Pick<Sleep, 'durationMs'>): string {
  return `${durationMs.toFixed(1)} ms`;
}

/**
 * Sleeps that begin together each take their own time, and are over after the time of the longest: in beats, which are no oftener
 * on a busy machine.
 */
async function checkTogether(attempt: Attempt): Promise<Failed | undefined> {
  const name = 'sleepAsynchronously';
  const sleeps = await Promise.all(
    Array.from({ length: TOGETHER }, async (_, index) => {
      const ms = TOGETHER_MS - (index % 2 === 0 ? SHORTER_MS : 0);
      return { ...(await attempt.call(name, [ms])), ms };
    }),
  );
  const short = sleeps.find((sleep) => isTooShort(sleep));
  if (short !== undefined) {
    return failed(
      'not-its-own-time',
      `of ${TOGETHER} sleeps that began together, ${called({ ...short, name })} was over after ${took(short)}; alone it took its time`,
    );
  }
  const beats = Math.max(...sleeps.map((sleep) => sleep.beats));
  const ofOne = TOGETHER_MS / BEAT_MS;
  return beats > (ofOne * TOGETHER) / 5
    ? failed(
        'one-after-another',
        `${TOGETHER} sleeps of ${TOGETHER_MS - SHORTER_MS} and ${TOGETHER_MS} ms, begun together, took ${beats} beats of a timer in the same thread; one of ${TOGETHER_MS} ms takes ${ofOne}`,
      )
    : undefined;
}

/** Ten sleeps of 100 ms of each kind, begun together. */
export async function measure({ attempt }: CheckContext): Promise<Measurement> {
  const sleepTogether = async (name: string) => {
    await attempt.call(name, [1]);
    const beganMs = performance.now();
    const lanes: MeasuredLane[] = [];
    await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const { durationMs } = await attempt.call(name, [MEASURED_MS]);
        const toMs = performance.now() - beganMs;
        const spans = [{ fromMs: Math.max(0, toMs - durationMs), toMs }];
        lanes.push({ name: `${name} ${index + 1}`, spans });
      }),
    );
    return { totalMs: performance.now() - beganMs, lanes };
  };
  const blocking = await sleepTogether('sleepBlocking');
  const asynchronous = await sleepTogether('sleepAsynchronously');
  return {
    text: `ten blocking sleeps of ${MEASURED_MS} ms took ${blocking.totalMs.toFixed(0)} ms together, ten asynchronous ones ${asynchronous.totalMs.toFixed(0)} ms`,
    choice: choiceOf(blocking.totalMs / MEASURED_MS, asynchronous.totalMs / MEASURED_MS),
    lanes: [...blocking.lanes, ...asynchronous.lanes],
  };
}

/** The choice that so many times the time of one sleep bear out. */
function choiceOf(blocking: number, asynchronous: number): number | undefined {
  if (blocking < 3) return asynchronous < 3 ? 0 : undefined;
  if (blocking < 8) return undefined;
  if (asynchronous < 0.5) return 3;
  if (asynchronous < 5) return 1;
  return asynchronous > 8 ? 2 : undefined;
}
