import type { ModeName } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { defaultModes } from '../tasks/task-spec.js';
import type { Compared } from './compare-options.js';
import { DOWNLOAD_ROUNDS, USUAL_ROUNDS, type RoundRange } from './round-count.js';

/** What a comparison does with a task unless told otherwise. */
export interface TaskDefaults {
  readonly modes: readonly ModeName[];
  /** Calls a round. */
  readonly number: number;
  readonly concurrency: number | undefined;
  readonly warmup: number | 'detect';
  readonly roundRange: RoundRange;
  readonly budgetMs: Milliseconds;
}

const USUAL = {
  number: 10,
  concurrency: undefined,
  warmup: 'detect',
  roundRange: USUAL_ROUNDS,
  budgetMs: 15_000,
} as const;

/**
 * The defaults for a task. Files are downloaded once by whoever wants them, connecting included, and one round of them one
 * after another may take as long as all else: there is no round that does not count.
 */
export function taskDefaults(task: Compared): TaskDefaults {
  if (task.kind === 'program') return { ...USUAL, modes: ['sync'] };
  const modes = defaultModes(task);
  if (task.kind !== 'download') return { ...USUAL, modes };
  return {
    modes,
    number: task.files.length,
    concurrency: task.mostInFlight,
    warmup: 0,
    roundRange: DOWNLOAD_ROUNDS,
    budgetMs: 60_000,
  };
}
