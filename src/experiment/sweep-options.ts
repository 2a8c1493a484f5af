import { availableParallelism } from 'node:os';
import { UsageError } from '../core/errors.js';
import type { ModeName } from '../core/run.js';
import type { SweepOver } from '../core/sweep.js';
import type { Milliseconds } from '../core/units.js';
import type { TaskSpec } from '../tasks/task-spec.js';

/** A mode in which more than one call can be in flight. */
export type SweepMode = Extract<ModeName, 'async' | 'loop' | 'threads'>;

/** All of them. */
export const SWEEP_MODES: readonly SweepMode[] = ['async', 'loop', 'threads'];

/** What to sweep, and how far; whatever is left out or `undefined` takes its default. */
export interface SweepOptions {
  readonly task: TaskSpec;
  /** Default `async`. */
  readonly mode?: SweepMode | undefined;
  /** What is doubled from level to level; default `concurrency`. */
  readonly over?: SweepOver | undefined;
  /** The last level that may be tried; default 256. */
  readonly most?: number | undefined;
  /** Levels that are measured at least three times wherever the gain stops, and the first level with them; default: none. */
  readonly levels?: readonly number[] | undefined;
  /** Most calls in flight where calls are swept over; default: all of them. */
  readonly concurrency?: number | undefined;
  /** Threads of the mode `threads`; default: one a core. */
  readonly threads?: number | undefined;
  /** Time for the whole sweep, in milliseconds; default 60,000. */
  readonly budgetMs?: Milliseconds | undefined;
  /** Whether what stopped it is changed, where it is on our side, and measured again; default: for work that only computes. */
  readonly prove?: boolean | undefined;
}

/** Every option with its value, checked. */
export interface SweepSettings {
  readonly task: TaskSpec;
  readonly mode: SweepMode;
  readonly over: SweepOver;
  readonly most: number;
  readonly levels: readonly number[];
  readonly concurrency: number;
  readonly threads: number;
  readonly budgetMs: Milliseconds;
  readonly prove: boolean | undefined;
}

/**
 * The options with their defaults.
 *
 * @throws {UsageError} when a value cannot be used.
 */
export function resolveSweepOptions(options: SweepOptions): SweepSettings {
  const { mode = 'async', over = 'concurrency', budgetMs = 60_000 } = options;
  if (!SWEEP_MODES.includes(mode)) {
    throw new UsageError(
      `expected a mode that can have several calls in flight, one of ${SWEEP_MODES.join(', ')}, got '${mode}'`,
    );
  }
  if (over !== 'concurrency' && over !== 'number') {
    throw new UsageError(`expected to sweep over concurrency or number, got '${String(over)}'`);
  }
  if (over === 'concurrency' && options.concurrency !== undefined) {
    throw new UsageError(
      '--concurrency is what is swept over; --max says how far, and with --over number it is a limit',
    );
  }
  if (!(budgetMs > 0))
    throw new UsageError(`expected a budget of more than 0 s, got ${budgetMs} ms`);
  const most = whole('max', options.most ?? 256);
  const levels = [...new Set(options.levels ?? [])].map((level) => whole('a level', level));
  const beyond = levels.find((level) => level > most);
  if (beyond !== undefined) {
    throw new UsageError(`expected levels up to max, which is ${most}, got ${beyond}`);
  }
  return {
    task: options.task,
    mode,
    over,
    most,
    levels: levels.length === 0 ? [] : [...new Set([1, ...levels])],
    concurrency: whole('concurrency', options.concurrency ?? Number.MAX_SAFE_INTEGER),
    threads: whole('threads', options.threads ?? availableParallelism()),
    budgetMs,
    prove: options.prove,
  };
}

function whole(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new UsageError(`expected ${name} to be a whole number of at least 1, got ${value}`);
}
