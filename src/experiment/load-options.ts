import { UsageError } from '../core/errors.js';
import type { LoadPlan } from '../core/load.js';
import type { ModeName } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { MODES } from '../modes/mode.js';
import type { TaskSpec } from '../tasks/task-spec.js';
import { fewerAtOnce, limitBelow } from './in-flight-limit.js';

/** What to put under load, and how; whatever is left out or `undefined` takes its default. */
export interface LoadOptions {
  readonly task: TaskSpec;
  readonly mode: ModeName;
  /** How long calls are begun, in milliseconds; either this or `number`. */
  readonly durationMs?: Milliseconds | undefined;
  /** Exactly so many calls; needs a rate. */
  readonly number?: number | undefined;
  /** Calls a second, whatever the answers; without it the next call begins when one has ended. */
  readonly ratePerSecond?: number | undefined;
  /** Most calls in flight; default 50, with a rate as many as this machine allows. */
  readonly concurrency?: number | undefined;
  /** Threads of the pool of the mode `threads`; default: one a core. */
  readonly threads?: number | undefined;
  /** Whether a warm-up is looked for and left out of the figures; default yes. */
  readonly cutWarmup?: boolean | undefined;
}

const USUAL_CONCURRENCY = 50;
const LONGEST_MS: Milliseconds = 24 * 3_600_000;
const FASTEST = 1_000_000;
const SLOWEST = 0.001;

/**
 * The plan that the options mean, and a warning where fewer calls can be in flight than were asked for.
 *
 * @throws {UsageError} when a value cannot be used, or they contradict each other.
 */
export function planLoad(options: LoadOptions): {
  readonly plan: LoadPlan;
  readonly warnings: readonly string[];
} {
  const { mode, durationMs, number, ratePerSecond } = options;
  if ((durationMs === undefined) === (number === undefined)) {
    throw new UsageError('expected either a duration or a number of calls');
  }
  if (number !== undefined && ratePerSecond === undefined) {
    throw new UsageError('expected a rate with the number of calls; without one, see compare');
  }
  if (ratePerSecond !== undefined && MODES[mode].blocks) {
    throw new UsageError(
      `a rate needs calls that do not wait for each other, and ${mode} makes one after another`,
    );
  }
  within('durationMs', durationMs, 1, LONGEST_MS);
  within('ratePerSecond', ratePerSecond, SLOWEST, FASTEST);
  whole('number', number);
  whole('concurrency', options.concurrency);
  const { concurrency, warnings } = limit(options);
  return { plan: { durationMs, number, ratePerSecond, concurrency }, warnings };
}

function limit({ task, mode, concurrency, ratePerSecond, threads }: LoadOptions): {
  readonly concurrency: number;
  readonly warnings: readonly string[];
} {
  const wanted = concurrency ?? (ratePerSecond === undefined ? USUAL_CONCURRENCY : Infinity);
  const possible = (inFlight: number): number =>
    MODES[mode].concurrency(Infinity, { inFlight, threads: threads ?? Infinity });
  // Of what holds nothing while it is in flight as many are allowed by default as if it held a connection.
  const lower =
    limitBelow(wanted, [task.kind]) ??
    (wanted === Infinity ? limitBelow(wanted, ['http']) : undefined);
  const warnings =
    concurrency === undefined || lower === undefined ? [] : [fewerAtOnce(concurrency, lower)];
  return { concurrency: possible(lower?.most ?? wanted), warnings };
}

function within(name: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || (value >= min && value <= max)) return;
  throw new UsageError(`expected ${name} to be a number from ${min} to ${max}, got ${value}`);
}

function whole(name: string, value: number | undefined): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) return;
  throw new UsageError(`expected ${name} to be a whole number of at least 1, got ${value}`);
}
