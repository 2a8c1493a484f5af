import { availableParallelism } from 'node:os';
import { monotonicNow } from '../core/clock.js';
import { UsageError } from '../core/errors.js';
import { formatCount, formatDuration, formatShare } from '../core/format-units.js';
import type { SweepLimits, SweepRun } from '../core/sweep.js';
import { packageVersion } from '../core/version.js';
import { connectionLimit } from '../measure/connection-limits.js';
import { describeEnvironment } from '../measure/environment.js';
import { describeTask, whyNot } from '../tasks/task-spec.js';
import type { Milliseconds } from '../core/units.js';
import type { LevelSummary } from '../statistics/level-summary.js';
import { ROUNDS_TO_TELL } from '../statistics/stop-rule.js';
import type { CompareControl } from './compare.js';
import { nextCandidates, nextBisection, nextDoubling, unsureOf } from './level-plan.js';
import { LevelSeries } from './level-series.js';
import { poolThreads } from './pool-threads.js';
import { ModeWorker } from './mode-worker.js';
import { isWorthProving, proveCause } from './sweep-proof.js';
import { resolveSweepOptions, type SweepOptions, type SweepSettings } from './sweep-options.js';

// Doubling comes first, but what it found has to be looked at more closely too.
const SHARE_FOR_DOUBLING = 0.6;
const SHARE_FOR_BISECTION = 0.75;
const MUCH_QUEUED = 0.15;
const MOST_PASSES = 12;
// Of so many waves a last one that is not full costs at most a tenth.
const WAVES_TO_SETTLE = 10;

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
  const possible = withinLimits(settings, limits);
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
      warnings: [...warnings, ...busyWarning(series)],
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

// Resolves to what cut it short, as sentences.
async function measureLevels(
  series: LevelSeries,
  { budgetMs, most, levels, over, concurrency }: SweepSettings,
): Promise<string[]> {
  const beganMs = monotonicNow();
  const fits = (at: number, share: number): boolean =>
    monotonicNow() - beganMs + series.expectedMs(at) <= budgetMs * share;
  const settledAt = over === 'number' && concurrency < most ? WAVES_TO_SETTLE * concurrency : 0;
  const doubled = (): number | undefined => nextDoubling(series.summaries(), most, settledAt);
  const halved = (): number | undefined => nextBisection(series.summaries());
  for (;;) {
    const ending = await measureAll(series, doubled, (at) => fits(at, SHARE_FOR_DOUBLING));
    const tried = series.summaries().at(-1)?.at ?? 1;
    await measureAll(series, halved, (at) => fits(at, SHARE_FOR_BISECTION));
    const enough = await measureCandidates(series, levels, fits);
    const unsure = enough ? [] : unsureLevels(series.summaries(), levels, budgetMs);
    if (ending === 'no time') {
      return [
        `the time of ${formatDuration(budgetMs)} for the whole sweep allowed no level beyond ${formatCount(tried)}; ` +
          `--budget allows more.`,
        ...unsure,
      ];
    }
    // What was measured again may show that the last doubling gained after all.
    if (ending === 'failed' || doubled() === undefined) return unsure;
  }
}

function unsureLevels(
  measured: readonly LevelSummary[],
  named: readonly number[],
  budgetMs: Milliseconds,
): string[] {
  const unsure = unsureOf(measured, named);
  if (unsure.length === 0) return [];
  return [
    `the time of ${formatDuration(budgetMs)} for the whole sweep was over before ` +
      `${unsure.map((level) => formatCount(level)).join(' and ')} in flight had been measured ${ROUNDS_TO_TELL} times; ` +
      `--budget allows more.`,
  ];
}

// Measures one level after the other, as `next` names them.
async function measureAll(
  series: LevelSeries,
  next: () => number | undefined,
  fits: (at: number) => boolean,
): Promise<'done' | 'no time' | 'failed'> {
  for (let at = next(); at !== undefined; at = next()) {
    // The first level tells how long anything takes.
    if (at > 1 && !fits(at)) return 'no time';
    if (!(await series.measure(at))) return 'failed';
  }
  return 'done';
}

// In each pass a round of every level that has too few, in alternating order. What is measured may move the stop. Resolves to
// false when there was no time for all of them.
async function measureCandidates(
  series: LevelSeries,
  named: readonly number[],
  fits: (at: number, share: number) => boolean,
): Promise<boolean> {
  for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
    const wanted = nextCandidates(series.summaries(), named);
    if (wanted.length === 0) return true;
    for (const at of pass % 2 === 1 ? wanted.toReversed() : wanted) {
      if (!fits(at, 1)) return false;
      if (!(await series.measure(at))) return true;
    }
  }
  return true;
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

// A call in flight holds a connection; in a pool of threads no more are held than there are threads.
function withinLimits(settings: SweepSettings, { connections }: SweepLimits): SweepSettings {
  const { task, mode, over, most, levels, concurrency } = settings;
  if (task.kind !== 'http' || mode === 'threads') return settings;
  return {
    ...settings,
    most: over === 'concurrency' ? Math.min(most, connections) : most,
    levels: levels.filter((level) => over === 'number' || level <= connections),
    concurrency: Math.min(concurrency, connections),
  };
}
