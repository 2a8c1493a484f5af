import { availableParallelism } from 'node:os';
import type { CallTally } from '../core/call-columns.js';
import { UsageError } from '../core/errors.js';
import { LoadColumns, type LoadLayout } from '../core/load-columns.js';
import type { LoadPlan, LoadRun } from '../core/load.js';
import type { Milliseconds } from '../core/units.js';
import { packageVersion } from '../core/version.js';
import { describeEnvironment } from '../core/environment.js';
import { timeRecording } from '../measure/overhead.js';
import { callsDue } from '../modes/open-loop.js';
import { describeTask, whyNot } from '../tasks/task-spec.js';
import { LoadCollector, type LoadObservation } from './load-collector.js';
import { planLoad, type LoadOptions } from './load-options.js';
import { loadWarnings } from './load-warnings.js';
import { ModeWorker } from './mode-worker.js';

/** What is going on, for whoever shows it. */
export interface LoadProgress {
  readonly plan: LoadPlan;
  readonly plannedMs: Milliseconds;
  readonly tally: () => CallTally;
}

/** Who is told when the calls begin, and who can stop them. */
export interface LoadControl {
  readonly listener?: (progress: LoadProgress) => void;
  readonly signal?: AbortSignal;
}

// More of them would fold at once, fewer show less.
const BUCKETS = 100;
const SHORTEST_BUCKET_MS: Milliseconds = 1;

/**
 * Puts a task under load, in a closed loop or at a rate, and returns everything that was observed. When `signal` fires, the
 * run ends within some milliseconds and holds what there was by then.
 *
 * @throws {UsageError} when an option or the task cannot be used.
 * @throws {UnavailableError} when the thread that makes the calls does not start.
 */
export async function load(options: LoadOptions, control: LoadControl = {}): Promise<LoadRun> {
  const { task, mode, threads = availableParallelism() } = options;
  const { plan, warnings } = planLoad({ ...options, threads });
  const reason = await whyNot(task, mode);
  if (reason !== undefined) throw new UsageError(`the mode ${mode} cannot be used: ${reason}`);
  const inFlight = plan.concurrency;
  const worker = await ModeWorker.start({ name: mode, mode, task, threads, inFlight });
  const signal = control.signal ?? new AbortController().signal;
  const stop = (): void => void worker.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const plannedMs = plannedDuration(plan);
    const layout: LoadLayout = {
      bucketMs: Math.max(plannedMs / BUCKETS, SHORTEST_BUCKET_MS),
      intervalMs: plan.ratePerSecond === undefined ? undefined : 1000 / plan.ratePerSecond,
    };
    const collector = new LoadCollector(layout, task.kind === 'command');
    const observing = worker.load(plan, collector);
    control.listener?.({ plan, plannedMs, tally: () => collector.calls.tally() });
    const observed = await observing;
    const run: LoadRun = {
      version: packageVersion(),
      environment: describeEnvironment(),
      task: describeTask(task),
      mode,
      plan,
      ...observed,
      counts: signal.aborted ? withWaiting(observed, plan, layout) : observed.counts,
      cutWarmup: options.cutWarmup ?? true,
      overhead: {
        blockingBridgeMs: worker.blockingBridgeMs,
        recordingMs: timeRecording(() => new LoadColumns(layout)),
      },
      warnings,
      interrupted: signal.aborted,
    };
    return { ...run, warnings: [...warnings, ...loadWarnings(run)] };
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.stop();
  }
}

// The thread that was ended could not tell how many calls were due and waited because so many were in flight.
function withWaiting(
  { counts, wallMs }: LoadObservation,
  { concurrency, durationMs, number }: LoadPlan,
  { intervalMs }: LoadLayout,
): LoadRun['counts'] {
  if (intervalMs === undefined || counts.unfinished < concurrency) return counts;
  const due = callsDue({ intervalMs, concurrency, durationMs, number }, wallMs);
  return { ...counts, neverBegun: Math.max(counts.neverBegun, due - counts.begun) };
}

/** How long a run takes by its plan, in milliseconds. */
function plannedDuration({ durationMs, number, ratePerSecond }: LoadPlan): Milliseconds {
  return durationMs ?? ((number ?? 0) / (ratePerSecond ?? 1)) * 1000;
}
