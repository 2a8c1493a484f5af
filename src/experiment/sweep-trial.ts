import { availableParallelism } from 'node:os';
import type { CallTally } from '../core/call-columns.js';
import { formatCount } from '../core/format-units.js';
import type { Round } from '../core/run.js';
import type { SweepRun } from '../core/sweep.js';
import type { CauseName } from '../statistics/stop-cause.js';
import type { JudgedLevel, SweepVerdict } from '../statistics/sweep-verdict.js';
import { whyNot, type TaskSpec } from '../tasks/task-spec.js';
import { LevelProcess } from './level-process-host.js';
import { ModeWorker } from './mode-worker.js';
import type { SweepMode, SweepSettings } from './sweep-options.js';

const THREADS_FOR_BLOCKED = 4;
// A call that takes so many times its CPU time gains more in flight than on a few threads.
const HARDLY_WAITS = 1.5;

/** A round of a proof that is being made. */
interface StartedRound {
  readonly tally: () => CallTally;
  readonly result: Promise<Round>;
}

/** Makes rounds of one kind, for one side of a proof. */
interface Side {
  readonly concurrency: number;
  readonly number: number;
  readonly start: (number: number, concurrency: number) => StartedRound;
  readonly stop: () => Promise<void> | void;
}

/** A change, and what is measured before and after it. */
export interface Trial {
  readonly change: string;
  readonly before: Side;
  readonly after: Side;
}

/** Whether a task waits for nothing, whatever was measured of it while other programs had the cores. */
export function computes({ kind }: TaskSpec): boolean {
  return kind === 'pi' || kind === 'matrix';
}

/** What to change for a cause, or a sentence that says why it cannot be changed from here. */
export async function trialOf(
  run: SweepRun,
  settings: SweepSettings,
  worker: ModeWorker,
  verdict: SweepVerdict,
): Promise<Trial | string> {
  const { cause, atStop, beyond } = verdict;
  const level = beyond ?? atStop;
  switch (cause.name) {
    case 'threadpool':
      return run.mode === 'threads'
        ? moreThreads(settings, worker, level)
        : largerPool(run, settings, level);
    case 'client-cpu':
      return otherMode(settings, worker, verdict);
    case 'blocked':
      return onThreads(settings, worker, atStop, Math.max(THREADS_FOR_BLOCKED, settings.threads));
    case 'connections':
      return moreInFlight(settings, worker, run);
    case 'too-few-calls':
      return moreCalls(worker, run);
    case 'server':
      return run.task.kind === 'http' ? CANNOT.server : CANNOT_ELSEWHERE;
    case 'rate-limit':
    case 'cores':
    case 'server-slots':
    case 'bandwidth':
    case 'latency':
    case 'unknown':
      return CANNOT[cause.name];
  }
}

const CANNOT: Readonly<
  Record<
    Exclude<CauseName, 'threadpool' | 'client-cpu' | 'blocked' | 'connections' | 'too-few-calls'>,
    string
  >
> = {
  'rate-limit': 'It cannot be proved from here: the limit is set by the server.',
  cores: 'It cannot be proved from here: this machine has no more cores.',
  'server-slots':
    'It cannot be proved from here: how many calls are served at once is set in the server.',
  bandwidth: 'It cannot be proved from here: the network and the server would have to be changed.',
  server:
    'It cannot be proved from here: whoever is called would have to be changed, or to say how long calls queue (Server-Timing: queue;dur=…).',
  latency: 'There is no stop to be proved: nothing was found that limits it; --max tries more.',
  unknown: 'What is not known cannot be changed and measured again.',
};

const CANNOT_ELSEWHERE =
  'It cannot be proved from here: what the task waits for would have to be changed.';

function fromWorker(
  worker: ModeWorker,
  number: number,
  concurrency: number,
  stop: () => Promise<void> | void = () => {},
): Side {
  const start = (calls: number, inFlight: number): StartedRound => {
    const { calls: columns, result } = worker.startRound(calls, inFlight, false);
    return { tally: () => columns.tally(), result };
  };
  return { number, concurrency, start, stop };
}

function largerPool(
  { limits: { poolThreads } }: SweepRun,
  { task, mode, threads }: SweepSettings,
  { concurrency, number }: JudgedLevel,
): Trial {
  const inFlight = Math.max(concurrency, 2 * poolThreads);
  const calls = Math.max(number, 3 * inFlight);
  const withThreads = (count: number): Side => {
    const child = new LevelProcess({ task, mode, threads }, count);
    // The columns of another process are seen only when its round is made.
    const start = (n: number, c: number): StartedRound => ({
      tally: () => ({ begun: 0, ok: 0, failed: 0 }),
      result: child.makeRound(n, c),
    });
    return { concurrency: inFlight, number: calls, start, stop: () => child.stop() };
  };
  return {
    change: `libuv's pool, ${formatCount(poolThreads)} to ${formatCount(2 * poolThreads)} threads (UV_THREADPOOL_SIZE)`,
    before: withThreads(poolThreads),
    after: withThreads(2 * poolThreads),
  };
}

async function moreThreads(
  { task, mode, threads }: SweepSettings,
  worker: ModeWorker,
  { concurrency, number }: JudgedLevel,
): Promise<Trial> {
  const more = await startMode({ task, mode, threads: 2 * threads });
  const inFlight = Math.max(concurrency, 2 * threads);
  return {
    change: `--threads, ${formatCount(threads)} to ${formatCount(2 * threads)} threads in the pool of the mode`,
    before: fromWorker(worker, number, inFlight),
    after: fromWorker(more, number, inFlight, () => more.stop()),
  };
}

async function otherMode(
  settings: SweepSettings,
  worker: ModeWorker,
  { atStop, ceiling }: SweepVerdict,
): Promise<Trial | string> {
  const { task, mode } = settings;
  if (task.kind === 'http') {
    const reason =
      mode === 'loop' ? 'this is the mode of ours that takes least' : await whyNot(task, 'loop');
    if (reason !== undefined) {
      return `It cannot be proved from here that less CPU a call would help: ${reason}.`;
    }
    const { number, concurrency } = atStop;
    const loop = await startMode({ task, mode: 'loop', threads: 1 });
    return {
      change: 'the mode loop, which takes less CPU a call, instead of async',
      before: fromWorker(worker, number, concurrency),
      after: fromWorker(loop, number, concurrency, () => loop.stop()),
    };
  }
  if (!computes(task) && (ceiling === undefined || ceiling >= HARDLY_WAITS)) {
    return 'It cannot be proved from here: no other mode does this task with less CPU on one thread.';
  }
  return onThreads(settings, worker, atStop, settings.threads);
}

async function onThreads(
  { task, mode }: SweepSettings,
  worker: ModeWorker,
  { number, concurrency }: JudgedLevel,
  threads: number,
): Promise<Trial | string> {
  const reason = await whyNot(task, 'threads');
  if (reason !== undefined) return `It cannot be proved from here: ${reason}.`;
  const pool = await startMode({ task, mode: 'threads', threads });
  const cpus = availableParallelism();
  const calls = Math.ceil(number / threads) * threads;
  return {
    change: `the mode threads with ${formatCount(threads)} of them instead of ${mode}, on ${formatCount(cpus)} cores`,
    before: fromWorker(worker, number, concurrency),
    after: fromWorker(pool, calls, threads, () => pool.stop()),
  };
}

function moreInFlight(
  { concurrency }: SweepSettings,
  worker: ModeWorker,
  { over, levels }: SweepRun,
): Trial | string {
  const last = levels.at(-1);
  if (over !== 'number' || last === undefined) {
    return 'It cannot be proved from here: the limit on open files or local ports is set for this process (ulimit -n shows the first).';
  }
  const calls = Math.max(last.number, 2 * concurrency);
  return {
    change: `most calls in flight, ${formatCount(concurrency)} to ${formatCount(2 * concurrency)} (--concurrency)`,
    before: fromWorker(worker, calls, concurrency),
    after: fromWorker(worker, calls, 2 * concurrency),
  };
}

function moreCalls(worker: ModeWorker, { levels }: SweepRun): Trial | string {
  const last = levels.at(-1);
  if (last === undefined) return CANNOT.unknown;
  const { number, concurrency } = last;
  const more = 20 * concurrency;
  return {
    change: `calls, ${formatCount(number)} to ${formatCount(more)}`,
    before: fromWorker(worker, number, concurrency),
    after: fromWorker(worker, more, concurrency),
  };
}

function startMode(data: {
  task: SweepSettings['task'];
  mode: SweepMode;
  threads: number;
}): Promise<ModeWorker> {
  return ModeWorker.start({ name: data.mode, ...data });
}
