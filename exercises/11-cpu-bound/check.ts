import {
  failed,
  mostAtWork,
  mostThere,
  passed,
  type Attempt,
  type CheckContext,
  type Failed,
  type ObservedOutcome,
  type Verdict,
  type WorkerEvent,
} from 'lwasync/learn';
import { answerOf, type Job } from './check/jobs.js';

export { measure } from './check/measure.js';

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
// A thread that is held beats not at all, one that is free as often as the one that looks.
const FREE_ENOUGH = 1 / 3;
// Beats of a free thread after which what has not happened is taken not to happen.
const QUIET_BEATS = 200;
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
    (await checkFailure(attempt));
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
        `no worker thread was begun: others got in meanwhile, and no other thread of this program computed`,
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

/** One job fails at once, while another goes on for long; with a thread for each, no way to hand them out makes one wait for the other. */
async function checkFailure(attempt: Attempt): Promise<Failed | undefined> {
  const endless: Job = { kind: 'pi', digits: ENDLESS_DIGITS };
  const failing: Job = { kind: 'pi', digits: 0 };
  const eventsBefore = attempt.workerEvents.length;
  const ended = (): boolean =>
    attempt.workerEvents.slice(eventsBefore).some(({ what }) => what === 'ended');
  // As long as no thread has ended, no job has failed.
  const news = (): number => (ended() ? attempt.workerEvents.length : attempt.pulse.beats);
  const call = attempt.outcome('computeInThreads', [[endless, failing], 2]);
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
