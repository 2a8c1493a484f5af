import type { CallColumns } from '../core/call-columns.js';
import type { ContenderMode, Round, TaskDescription } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import type { ModeLimits } from '../modes/mode.js';

/** A round that is being made. */
export interface RunningRound {
  /** The calls as they are recorded. */
  readonly calls: CallColumns;
  /** The finished round, or, after `stop`, what there was of it by then. */
  readonly result: Promise<Round>;
}

/** Who makes rounds to be compared with those of others: a task in a mode, or a whole program. */
export interface Contender {
  /** What it is called in this run. */
  readonly name: string;
  readonly mode: ContenderMode;
  readonly task: TaskDescription;
  /** What handing a blocking call to another thread costs; `undefined` where that is not done. */
  readonly blockingBridgeMs: Milliseconds | undefined;
  /** Most calls in flight when `number` are made. */
  concurrency(number: number, limits: ModeLimits): number;
  /** Does the task `number` times, at most `concurrency` of them in flight; only one round at a time. */
  startRound(number: number, concurrency: number, keepAnswers: boolean): RunningRound;
  /** Ends it, busy or not; a running round ends where it is. */
  stop(): Promise<void>;
}
