import { UsageError } from '../core/errors.js';
import { availableParallelism } from 'node:os';
import { MODE_NAMES, type ModeName } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import type { TaskSpec } from '../tasks/task-spec.js';
import type { ProgramSpec } from './program-task.js';
import type { RoundRange } from './round-count.js';
import { taskDefaults } from './task-defaults.js';

/** What can be compared: a task, or a whole program. */
export type Compared = TaskSpec | ProgramSpec;

/** What to compare, and how thoroughly; whatever is left out or `undefined` takes its default. */
export interface CompareOptions {
  readonly task: Compared;
  /** Another task to compare it with, instead of comparing modes. */
  readonly against?: Compared | undefined;
  /** The modes that have something to tell about the task unless said otherwise. */
  readonly modes?: readonly ModeName[] | undefined;
  /** Calls a round; default 10, of files to download each once. */
  readonly number?: number | undefined;
  /** Most calls in flight in the modes that can have more than one; default: all of them, of downloads as their options say. */
  readonly concurrency?: number | undefined;
  /** Threads of the pool of the mode `threads`; default: one a core. */
  readonly threads?: number | undefined;
  /** Exactly so many rounds made first that do not count, or until a mode gets no faster, which is the default; none of downloads. */
  readonly warmup?: number | 'detect' | undefined;
  /** Exactly so many counted rounds, or as many as fit into the budget, which is the default: 3 to 10, of downloads 1 to 3. */
  readonly rounds?: number | 'fit' | undefined;
  /** How long the rounds together may take where their number is open, in milliseconds; default 15,000, of downloads 60,000. */
  readonly budgetMs?: Milliseconds | undefined;
  /** Whether the same is measured with twice the number of calls too; default no. */
  readonly double?: boolean | undefined;
  /** Whether the decoded answers become part of the run; default no. */
  readonly keepAnswers?: boolean | undefined;
}

/** Every option with its value, checked. */
export interface CompareSettings {
  readonly task: Compared;
  readonly against: Compared | undefined;
  /** The modes that were asked for, if any were. */
  readonly namedModes: readonly ModeName[] | undefined;
  readonly modes: readonly ModeName[];
  readonly number: number;
  readonly concurrency: number | undefined;
  readonly threads: number;
  readonly warmup: number | 'detect';
  readonly rounds: number | 'fit';
  readonly roundRange: RoundRange;
  readonly budgetMs: Milliseconds;
  readonly double: boolean;
  readonly keepAnswers: boolean;
}

/**
 * The options with their defaults.
 *
 * @throws {UsageError} when a value cannot be used.
 */
export function resolveCompareOptions(options: CompareOptions): CompareSettings {
  const defaults = taskDefaults(options.task);
  const {
    modes = defaults.modes,
    rounds = 'fit',
    warmup = defaults.warmup,
    concurrency = defaults.concurrency,
    budgetMs = defaults.budgetMs,
  } = options;
  if (modes.length === 0 || new Set(modes).size < modes.length) {
    throw new UsageError(`expected at least one mode and each once, got [${modes.join(', ')}]`);
  }
  const unknown = modes.find((mode) => !MODE_NAMES.includes(mode));
  if (unknown !== undefined) {
    throw new UsageError(`expected modes out of ${MODE_NAMES.join(', ')}, got '${unknown}'`);
  }
  if (!(budgetMs >= 0)) throw new UsageError(`expected budgetMs of at least 0, got ${budgetMs}`);
  return {
    task: options.task,
    against: options.against,
    namedModes: options.modes,
    modes,
    number: whole('number', options.number ?? defaults.number, 1),
    concurrency: concurrency === undefined ? undefined : whole('concurrency', concurrency, 1),
    threads: whole('threads', options.threads ?? availableParallelism(), 1),
    warmup: warmup === 'detect' ? warmup : whole('warmup', warmup, 0),
    rounds: rounds === 'fit' ? rounds : whole('rounds', rounds, 1),
    roundRange: defaults.roundRange,
    budgetMs,
    double: options.double ?? false,
    keepAnswers: options.keepAnswers ?? false,
  };
}

function whole(name: string, value: number, min: number): number {
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw new UsageError(`expected ${name} to be a whole number of at least ${min}, got ${value}`);
}
