import { describeEnvironment } from '../core/environment.js';
import { timeRecording } from '../measure/overhead.js';
import { formatCount } from '../core/format-units.js';
import type { Measurement, Run } from '../core/run.js';
import { packageVersion } from '../core/version.js';
import { MODES } from '../modes/mode.js';
import {
  resolveCompareOptions,
  type CompareOptions,
  type CompareSettings,
} from './compare-options.js';
import { lineUp, startAll } from './contenders.js';
import { fewerAtOnce, limitBelow } from './in-flight-limit.js';
import { measureModes, type ProgressListener, type RoundPlan } from './measure-modes.js';

/** Who is told of progress, and who can stop it. */
export interface CompareControl {
  readonly listener?: ProgressListener;
  readonly signal?: AbortSignal;
}

/**
 * Does the same task N times in each mode and returns everything that was observed. When `signal` fires, the run ends
 * within some milliseconds and holds what there was by then.
 *
 * @throws {UsageError} when an option or a task cannot be used.
 * @throws {UnavailableError} when a mode's thread does not start.
 */
export async function compare(options: CompareOptions, control: CompareControl = {}): Promise<Run> {
  const settings = resolveCompareOptions(options);
  const signal = control.signal ?? new AbortController().signal;
  const lineup = await lineUp(settings);
  const { limit, warnings } = limitConcurrency(settings);
  const { contenders, leftOut } = await startAll(lineup);
  const stop = async (): Promise<void> => {
    await Promise.all(contenders.map((contender) => contender.stop()));
  };
  const onAbort = (): void => void stop();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const { number, double, threads } = settings;
    const plan: RoundPlan = {
      ...settings,
      limits: { inFlight: limit, threads },
      numbers: double ? [number, 2 * number] : [number],
    };
    const listener = control.listener ?? (() => {});
    const [measured, doubled] = await measureModes(contenders, plan, listener, signal);
    return {
      version: packageVersion(),
      environment: describeEnvironment(),
      tasks: lineup.tasks,
      leftOut,
      concurrency: settings.concurrency,
      measured: measured ?? { number, modes: [] },
      doubled,
      overhead: {
        blockingBridgeMs: contenders.find(({ blockingBridgeMs }) => blockingBridgeMs !== undefined)
          ?.blockingBridgeMs,
        recordingMs: timeRecording(),
      },
      warnings: [...warnings, ...reconnectWarnings(measured)],
      interrupted: signal.aborted,
    };
  } finally {
    signal.removeEventListener('abort', onAbort);
    await stop();
  }
}

// A round after a warm-up is taken for warm; where the server closed idle connections in between, it was not.
function reconnectWarnings(measured: Measurement | undefined): string[] {
  return (measured?.modes ?? []).flatMap(({ name, warmup, rounds }) => {
    const opened = rounds.reduce((sum, round) => sum + round.connecting.connections, 0);
    if (warmup.length === 0 || opened === 0) return [];
    return [
      `${name} set up ${formatCount(opened)} connections again in counted rounds, because the server had closed idle ones: ` +
        `those rounds are not warm.`,
    ];
  });
}

function limitConcurrency(settings: CompareSettings): { limit: number; warnings: string[] } {
  const calls = settings.number * (settings.double ? 2 : 1);
  const limit = settings.concurrency ?? Number.POSITIVE_INFINITY;
  const wanted = Math.min(limit, calls);
  const isConcurrent = settings.modes.some(
    (mode) => MODES[mode].concurrency(2, { inFlight: 2, threads: 1 }) > 1,
  );
  const { task, against } = settings;
  const kinds = [task.kind, ...(against === undefined ? [] : [against.kind])];
  const lower = isConcurrent ? limitBelow(wanted, kinds) : undefined;
  return lower === undefined
    ? { limit, warnings: [] }
    : { limit: lower.most, warnings: [fewerAtOnce(wanted, lower)] };
}
