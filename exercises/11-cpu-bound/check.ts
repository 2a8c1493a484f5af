import { availableParallelism } from 'node:os';
import {
  failed,
  mostAtWork,
  mostThere,
  passed,
  type Attempt,
  type CheckContext,
  type Failed,
  type MeasuredLane,
  type Measurement,
  type ObservedOutcome,
  type Verdict,
  type WorkerEvent,
} from 'lwasync/learn';

type Job =
  | { readonly kind: 'pi'; readonly digits: number }
  | { readonly kind: 'matrix'; readonly size: number };

/** What was seen of one call. */
interface Observed {
  readonly jobs: readonly Job[];
  readonly threads: number;
  readonly value: unknown;
  /** How much of the time its thread was free, from 0 to 1. */
  readonly free: number;
  readonly beats: number;
  readonly events: readonly WorkerEvent[];
  /** Of threads that began meanwhile, where the platform tells. */
  readonly cpuMs: readonly number[];
}

const LONG_DIGITS = 1500;
// Takes minutes, so whoever waits for it is seen to wait.
const ENDLESS_DIGITS = 60_000;
const FAILURE = 'expected 1 or more digits';
const MEASURED_JOBS = 4;
// A thread that is held beats not at all, one that is free as often as the one that looks.
const FREE_ENOUGH = 1 / 3;
// Beats of a free thread after which what has not happened is taken not to happen.
const QUIET_BEATS = 200;
// CPU time by time: so many threads computed at the same time, on average.
const AT_SAME_TIME = 1.3;
// Beginning a thread takes some CPU time, too.
const COMPUTED = 0.05;

/** Two threads, one thread, and a job that fails while another goes on. */
export async function check({ attempt, random }: CheckContext): Promise<Verdict> {
  const about = (size: number): number => Math.round(size * (1 + random() / 10));
  const short = (place: number): Job[] => [
    { kind: 'pi', digits: about(420 + 80 * place) },
    { kind: 'matrix', size: about(120 + 20 * place) },
  ];
  const jobs: Job[] = [{ kind: 'pi', digits: about(LONG_DIGITS) }, ...short(0), ...short(1)];
  const two = await observe(attempt, jobs, 2);
  const fault =
    judge(two) ??
    judgeWorkers(two) ??
    (await judgeEnd(attempt, 'left-running')) ??
    (await checkOneThread(attempt, short(0))) ??
    (await checkFailure(attempt, short(0)));
  if (fault !== undefined) return fault;
  const cpu = two.cpuMs.map((ms) => `${ms.toFixed(0)} ms`).join(' and ');
  return passed(
    two.cpuMs.length > 0
      ? `${two.cpuMs.length} threads computed (${cpu} of CPU time) while the main thread was free, and none was left`
      : `threads computed while the main thread was free, and none was left (this platform does not tell their CPU time)`,
  );
}

async function observe(attempt: Attempt, jobs: readonly Job[], threads: number): Promise<Observed> {
  const eventsBefore = attempt.workerEvents.length;
  const threadsBefore = attempt.pulse.threadCpuMs.length;
  const { value, beats, looks } = await attempt.call('computeInThreads', [jobs, threads]);
  const cpuMs = attempt.pulse.threadCpuMs.slice(threadsBefore);
  const allMs = cpuMs.reduce((sum, ms) => sum + ms, 0);
  return {
    jobs,
    threads,
    value,
    free: beats / Math.max(looks, 1),
    beats,
    events: attempt.workerEvents.slice(eventsBefore),
    cpuMs: cpuMs.filter((ms) => ms > COMPUTED * allMs),
  };
}

function judge({ jobs, value, events, beats }: Observed): Failed | undefined {
  if (!Array.isArray(value) || value.length !== jobs.length) {
    const got = Array.isArray(value) ? `${value.length} answers` : 'no list of answers';
    return failed('not-awaited', `it returned ${got}; ${jobs.length} jobs were to be computed`);
  }
  const expected = jobs.map(answerOf);
  const wrong = expected.findIndex((answer, place) => answer !== value[place]);
  if (wrong >= 0) {
    const from = expected.indexOf(value[wrong]);
    if (from < 0)
      return failed('wrong-answers', `the answer to job ${wrong} is not that of compute`);
    return new Set(value).size < jobs.length
      ? failed('mixed-up', `job ${wrong} got the answer to job ${from}, which is in the list twice`)
      : failed(
          'in-order-of-arrival',
          `in the place of job ${wrong} stands the answer to job ${from}: they are in the order in which they came`,
        );
  }
  if (events.length > 0) return undefined;
  return beats < 2
    ? failed(
        'one-thread',
        `one thread computed all ${jobs.length} jobs and was held meanwhile: a timer of 5 ms fired ${beats} times`,
      )
    : failed(
        'in-slices',
        `no thread was begun: others got in between the jobs, and one thread computed them all`,
      );
}

function judgeWorkers({ threads, events, free }: Observed): Failed | undefined {
  if (free < FREE_ENOUGH) {
    const percent = Math.round(100 * free);
    return failed(
      'main-thread-held',
      `there were threads, and still the main thread was free ${percent} % of the time only; it should be free all the time`,
    );
  }
  const begun = new Set(events.map(({ worker }) => worker)).size;
  if (begun === 1) return failed('one-worker', 'one thread computed all jobs; there should be two');
  if (mostAtWork(events) < 2) {
    return failed(
      'one-after-another',
      `${begun} threads were begun, and one at a time was at work: it was waited for the answer of one before another got a job`,
    );
  }
  return judgeNumber(threads, events);
}

function judgeNumber(threads: number, events: readonly WorkerEvent[]): Failed | undefined {
  const most = mostThere(events);
  return most > threads
    ? failed('too-many-threads', `${most} threads were there at once, of ${threads} allowed`)
    : undefined;
}

async function checkOneThread(attempt: Attempt, jobs: readonly Job[]): Promise<Failed | undefined> {
  const one = await observe(attempt, jobs, 1);
  return judge(one) ?? judgeNumber(1, one.events);
}

/** The second job fails at once, while the first goes on for long. */
async function checkFailure(attempt: Attempt, jobs: readonly Job[]): Promise<Failed | undefined> {
  const endless: Job = { kind: 'pi', digits: ENDLESS_DIGITS };
  const failing: Job = { kind: 'pi', digits: 0 };
  const eventsBefore = attempt.workerEvents.length;
  const ended = (): boolean =>
    attempt.workerEvents.slice(eventsBefore).some(({ what }) => what === 'ended');
  // As long as no thread has ended, no job has failed.
  const news = (): number => (ended() ? attempt.workerEvents.length : attempt.pulse.beats);
  const call = attempt.outcome('computeInThreads', [[endless, failing, ...jobs], 2]);
  let outcome: ObservedOutcome | undefined;
  try {
    outcome = await Promise.race([call, attempt.quiet(QUIET_BEATS, news).then(() => undefined)]);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ends') throw error;
    return failed('error-not-caught', `a job failed, and ${error.message}`);
  }
  if (attempt.unhandled.length > 0) {
    return failed(
      'rejected-unseen',
      'a job failed while another was awaited, and nobody looked at the rejected promise, for which Node ends a program',
    );
  }
  if (outcome === undefined) {
    return failed('error-lost', 'a job failed while another went on, and no error came of it');
  }
  if (outcome.threw === undefined) {
    return failed('error-swallowed', 'a job failed, and answers were returned as if it had not');
  }
  const { message } = outcome.threw;
  if (!message.includes(FAILURE)) {
    return failed(
      'another-error',
      `expected the error '${FAILURE} ...' of the job, got '${message}'`,
    );
  }
  return judgeEnd(attempt, 'left-running-after-error');
}

/** A thread that is told to end takes a moment. */
async function judgeEnd(attempt: Attempt, diagnosis: string): Promise<Failed | undefined> {
  const running = (): number => {
    const of = (kind: WorkerEvent['what']): number =>
      attempt.workerEvents.filter(({ what }) => what === kind).length;
    return of('began') - of('ended');
  };
  for (let look = 0; look < QUIET_BEATS && running() > 0; look += 1) await attempt.looks(1);
  return running() > 0
    ? failed(
        diagnosis,
        `${running()} of the threads still ran when the call was over; none should be left`,
      )
    : undefined;
}

/** What `compute` finds, by other formulas. */
function answerOf(job: Job): string {
  if (job.kind === 'pi') return piByMachin(job.digits);
  const { size } = job;
  const places = Array.from({ length: size }, (_, place) => place);
  const sumOf = (number: (place: number) => number): number =>
    places.reduce((sum, place) => sum + (number(place) % 10), 0);
  // The numbers of a product add up to the sum, over all k, of column k of the one times row k of the other.
  return String(
    places.reduce((sum, k) => sum + sumOf((i) => 3 * i + 7 * k) * sumOf((j) => 5 * k + 9 * j), 0),
  );
}

// J. Machin, 1706: a quarter of π is 4 arctan(1/5) - arctan(1/239).
function piByMachin(digits: number): string {
  const one = 10n ** BigInt(digits + 10);
  const arctanOfOneBy = (number: bigint): bigint => {
    let [sum, power, odd, sign] = [0n, one / number, 1n, 1n];
    while (power > 0n) {
      sum += (sign * power) / odd;
      [power, odd, sign] = [power / (number * number), odd + 2n, -sign];
    }
    return sum;
  };
  return String(4n * (4n * arctanOfOneBy(5n) - arctanOfOneBy(239n))).slice(0, digits);
}

/** Equal jobs, one after another, with promises, and in as many threads as there are cores. */
export async function measure({ attempt }: CheckContext): Promise<Measurement> {
  const job: Job = { kind: 'pi', digits: LONG_DIGITS };
  const jobs = Array.from({ length: MEASURED_JOBS }, () => job);
  const cores = availableParallelism();
  const threads = Math.min(cores, MEASURED_JOBS);
  let oneByOneMs = 0;
  for (const one of jobs) {
    oneByOneMs += (await attempt.call('computeWithPromises', [[one]])).durationMs;
  }
  const { durationMs: togetherMs } = await attempt.call('computeWithPromises', [jobs]);
  const eventsBefore = attempt.workerEvents.length;
  const inThreads = await attempt.call('computeInThreads', [jobs, threads]);
  const threadsMs = inThreads.durationMs;
  const speedups = [oneByOneMs / togetherMs, oneByOneMs / threadsMs] as const;
  const [together, threaded] = speedups.map((times) => `${times.toFixed(1)} times as fast`);
  // Threads that could not compute at the same time say nothing of threads.
  const hadCores = inThreads.cpuMs > AT_SAME_TIME * threadsMs;
  const why = cores === 1 ? 'there is one core to share' : 'others had the cores meanwhile';
  return {
    text:
      `${MEASURED_JOBS} jobs took ${oneByOneMs.toFixed(0)} ms one after another, ${togetherMs.toFixed(0)} ms with Promise.all ` +
      `(${together}), ${threadsMs.toFixed(0)} ms in ${threads} threads (${threaded})${hadCores ? '' : `; ${why}`}`,
    choice: hadCores ? choiceOf(...speedups) : undefined,
    lanes: [
      { name: 'one after another', spans: [{ fromMs: 0, toMs: oneByOneMs }] },
      { name: 'Promise.all', spans: [{ fromMs: 0, toMs: togetherMs }] },
      ...lanesOf(attempt.workerEvents.slice(eventsBefore)),
    ],
  };
}

/** When each thread was at work; its begin counts as work on its first job. */
function lanesOf(events: readonly WorkerEvent[]): MeasuredLane[] {
  const [beganMs = 0] = events.map(({ atMs }) => atMs);
  return [...new Set(events.map(({ worker }) => worker))].map((worker, index) => {
    const own = events.filter((event) => event.worker === worker);
    const spans = own.flatMap(({ what, atMs }, place) => {
      const before = own[place - 1];
      return what === 'answered' && before !== undefined
        ? [{ fromMs: before.atMs - beganMs, toMs: atMs - beganMs }]
        : [];
    });
    return { name: `thread ${index + 1}`, spans };
  });
}

function choiceOf(together: number, inThreads: number): number | undefined {
  const [isTogetherFaster, isFasterInThreads] = [together > 1.3, inThreads > 1.3];
  if (isTogetherFaster) return isFasterInThreads ? 0 : 1;
  return isFasterInThreads ? 2 : 3;
}
