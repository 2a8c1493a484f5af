import { availableParallelism } from 'node:os';
import type { CheckContext, MeasuredLane, Measurement, WorkerEvent } from 'lwasync/learn';
import type { Job } from './jobs.js';

const DIGITS = 1500;
const MEASURED_JOBS = 4;
// CPU time by time: so many threads computed at the same time, on average.
const AT_SAME_TIME = 1.3;

/** Equal jobs, one after another, with promises, and in as many threads as there are cores. */
export async function measure({ attempt }: CheckContext): Promise<Measurement> {
  const job: Job = { kind: 'pi', digits: DIGITS };
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
