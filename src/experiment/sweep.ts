import { availableParallelism } from 'node:os';
import { UsageError } from '../core/errors.js';
import { formatShare } from '../core/format-units.js';
import type { SweepLevel, SweepLimits, SweepRun } from '../core/sweep.js';
import { packageVersion } from '../core/version.js';
import { connectionLimit } from '../measure/connection-limits.js';
import { describeEnvironment } from '../core/environment.js';
import { describeTask, whyNot } from '../tasks/task-spec.js';
import type { CompareControl } from './compare.js';
import { fewerAtOnce, limitBelow } from './in-flight-limit.js';
import { measureLevels } from './sweep-levels.js';
import { LevelSeries } from './level-series.js';
import { poolThreads } from './pool-threads.js';
import { ModeWorker } from './mode-worker.js';
import { isWorthProving, proveCause } from './sweep-proof.js';
import { resolveSweepOptions, type SweepOptions, type SweepSettings } from './sweep-options.js';

const MUCH_QUEUED = 0.15;

/**
 * Does the task with one, two, four … calls in flight until that gains nothing more, looks closer around the bend, and measures
 * the levels that decide again, interleaved. When `signal` fires, the sweep ends within some milliseconds and holds what there
 * was by then.
 *
 * @throws {UsageError} when an option or the task cannot be used.
 * @throws {UnavailableError} when the mode's thread does not start.
 */
export async function sweep(
  options: SweepOptions,
  control: CompareControl = {},
): Promise<SweepRun> {
  const settings = resolveSweepOptions(options);
  const { task, mode, threads } = settings;
  const reason = await whyNot(task, mode);
  if (reason !== undefined) {
    throw new UsageError(`the task cannot be done in the mode ${mode}: ${reason}`);
  }
  const signal = control.signal ?? new AbortController().signal;
  const listener = control.listener ?? (() => {});
  const limits = limitsOf(settings);
  const worker = await ModeWorker.start({ name: mode, mode, task, threads });
  const onAbort = (): void => void worker.stop();
  signal.addEventListener('abort', onAbort, { once: true });
  const possible = withinLimits(settings);
  const series = new LevelSeries(worker, possible, listener, signal);
  try {
    const warnings = await measureLevels(series, possible);
    const run: SweepRun = {
      version: packageVersion(),
      environment: describeEnvironment(),
      task: describeTask(task),
      mode,
      over: settings.over,
      levels: series.levels,
      most: settings.most,
      limits,
      proof: undefined,
      warnings: [...warnings, ...limitWarning(settings, series.levels), ...busyWarning(series)],
      interrupted: signal.aborted,
    };
    if (signal.aborted || !isWorthProving(run, settings)) return run;
    const proof = await proveCause(run, settings, worker, { listener, signal });
    return { ...run, proof, interrupted: signal.aborted };
  } finally {
    signal.removeEventListener('abort', onAbort);
    await worker.stop();
  }
}

// Where this process has most of the cores itself, it is its own work that waits for one.
function busyWarning(series: LevelSeries): string[] {
  const cores = availableParallelism();
  const queued = series
    .summaries()
    .filter(({ throughput, cpuShare }) => throughput > 0 && cpuShare < cores / 2)
    .map(({ queuedShare }) => queuedShare ?? 0);
  const share = Math.max(0, ...queued);
  if (share < MUCH_QUEUED) return [];
  return [
    `the thread that makes the calls waited up to ${formatShare(share)} of a round for a core: ` +
      `other programs keep this machine busy, which blurs the figures.`,
  ];
}

function limitsOf({ mode, threads }: SweepSettings): SweepLimits {
  return {
    poolThreads: poolThreads(),
    threads: mode === 'threads' ? threads : undefined,
    connections: connectionLimit().connections,
  };
}

// In a pool of threads no more calls are in flight than there are threads.
function withinLimits(settings: SweepSettings): SweepSettings {
  const { task, mode, over, most, levels, concurrency } = settings;
  const limit = mode === 'threads' ? undefined : limitBelow(most, [task.kind]);
  if (limit === undefined) return settings;
  return {
    ...settings,
    most: over === 'concurrency' ? limit.most : most,
    levels: levels.filter((level) => over === 'number' || level <= limit.most),
    concurrency: Math.min(concurrency, limit.most),
  };
}

// Told where the limit was reached: most sweeps stop long before.
function limitWarning(
  { task, mode, over, most, concurrency }: SweepSettings,
  levels: readonly SweepLevel[],
): string[] {
  const wanted = over === 'concurrency' ? most : Math.min(most, concurrency);
  const limit = mode === 'threads' ? undefined : limitBelow(wanted, [task.kind]);
  const reached = levels.some((level) => limit !== undefined && level.concurrency >= limit.most);
  return limit === undefined || !reached ? [] : [fewerAtOnce(wanted, limit)];
}
