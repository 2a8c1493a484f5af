import type { Milliseconds } from '../../core/units.js';
import type { HandleKind } from '../handle.js';

/** One run of a callback. Times are on the recorder's clock. */
export interface RunRecord {
  /** Counts from 1, in the order in which handles got in line. */
  readonly id: number;
  readonly kind: HandleKind;
  /** What the callback's function is called; '' for most. */
  readonly name: string;
  /** The task whose step it was. */
  readonly task: number | undefined;
  readonly taskName: string | undefined;
  /** Where in the program it was asked for, as `file:line`; only with `places`. */
  readonly place: string | undefined;
  /**
   * The run that was going on when the handle got in line; for timers, readers and writers, which the loop itself puts
   * there, the run that asked for it. Always a smaller id.
   */
  readonly cause: number | undefined;
  /** The pass in which it ran. */
  readonly pass: number;
  readonly enqueuedMs: Milliseconds;
  readonly startedMs: Milliseconds;
  readonly endedMs: Milliseconds;
  /** How long after its deadline a timer's callback began. */
  readonly latenessMs: Milliseconds | undefined;
  /** Whether the callback threw. */
  readonly threw: boolean;
}

/** One pass of the loop. */
export interface PassRecord {
  /** Counts from 1. */
  readonly number: number;
  readonly startedMs: Milliseconds;
  /** How long the loop was ready to wait; `Infinity`: for ever. */
  readonly timeoutMs: Milliseconds;
  /** How long it was in the selector. */
  readonly asleepMs: Milliseconds;
  /** Descriptors that were found ready. */
  readonly events: number;
  /** When the batch was frozen, and how much there was then. */
  readonly frozenMs: Milliseconds;
  readonly ready: number;
  /** How many of those were cancelled before it was their turn. */
  readonly cancelled: number;
  readonly timers: number;
  readonly tasks: number;
  readonly watched: number;
  readonly endedMs: Milliseconds;
}

/** One task. */
export interface TaskRecord {
  readonly id: number;
  readonly name: string;
  readonly parent: number | undefined;
  readonly place: string | undefined;
  readonly spawnedMs: Milliseconds;
  /** `undefined` while it is not done. */
  readonly exitedMs: Milliseconds | undefined;
  readonly steps: number;
}

/** Sums over everything that was seen, also what was not kept. */
export interface Totals {
  readonly passes: number;
  readonly runs: Readonly<Record<HandleKind, number>>;
  readonly cancelled: number;
  readonly events: number;
  readonly tasks: number;
  /** Time from the calls of `loop.run` and `loop.host` to their ends. */
  readonly wallMs: Milliseconds;
  readonly asleepMs: Milliseconds;
  /** Time in callbacks. */
  readonly callbacksMs: Milliseconds;
  /** Time between passes while Node's own loop has the thread: in `loop.host`. */
  readonly outsideMs: Milliseconds;
  readonly latenessSumMs: Milliseconds;
  readonly latenessMaxMs: Milliseconds;
  /** The run that took longest. */
  readonly longest: RunRecord | undefined;
}

/** What a recorder saw: plain data. The first runs, passes and tasks are kept; `dropped` says how many more there were. */
export interface LoopRecord {
  readonly startedMs: Milliseconds;
  readonly endedMs: Milliseconds;
  readonly runs: readonly RunRecord[];
  readonly passes: readonly PassRecord[];
  readonly tasks: readonly TaskRecord[];
  readonly dropped: { readonly runs: number; readonly passes: number; readonly tasks: number };
  readonly totals: Totals;
}
