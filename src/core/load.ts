import type { CallFailureCount } from './call-failure.js';
import type { LatencyHistogram } from './latency-histogram.js';
import type {
  Connecting,
  Environment,
  ModeName,
  Overhead,
  Resources,
  TaskDescription,
} from './run.js';
import type { Milliseconds } from './units.js';

/** What a load run is to do: calls for so long, or exactly so many at a rate. */
export interface LoadPlan {
  /** How long calls are begun; `undefined` when `number` says how many. */
  readonly durationMs: Milliseconds | undefined;
  /** Exactly so many calls, at the rate; `undefined` when the duration says when it ends. */
  readonly number: number | undefined;
  /**
   * Calls a second whatever the answers (an open loop), each of which is intended to begin at its time; `undefined` for a
   * closed loop, in which the next call begins when one has ended.
   */
  readonly ratePerSecond: number | undefined;
  /** Most calls in flight. */
  readonly concurrency: number;
}

/** What became of the calls: `begun` is the sum of `ok`, `failed` and `unfinished`. */
export interface LoadCounts {
  readonly begun: number;
  readonly ok: number;
  readonly failed: number;
  /** Still in flight when the run was over; they are nobody's answers. */
  readonly unfinished: number;
  /** Due in an open loop before the end and never begun, because as many as may be were in flight. */
  readonly neverBegun: number;
}

/** What happened in one stretch of time; all stretches of a run are equally long. */
export interface LoadBucket {
  /** Calls that ended well in it. */
  readonly ok: number;
  readonly failed: number;
  /** The most calls that were in flight when one began. */
  readonly inFlight: number;
  /** From the intended start (corrected), of the calls that ended well; in a closed loop the same as `service`. */
  readonly latency: LatencyHistogram;
  /** From the actual start (uncorrected). */
  readonly service: LatencyHistogram;
  /** In an open loop: how late calls began in it although they could have, which is our own doing. */
  readonly lateness: LatencyHistogram | undefined;
}

/** Everything that was observed of one task under load, as plain data. */
export interface LoadRun {
  readonly version: string;
  readonly environment: Environment;
  readonly task: TaskDescription;
  readonly mode: ModeName;
  readonly plan: LoadPlan;
  /** From just before the first call to the end of the last, at least the planned duration unless it was cut short. */
  readonly wallMs: Milliseconds;
  readonly counts: LoadCounts;
  readonly bucketMs: Milliseconds;
  readonly buckets: readonly LoadBucket[];
  /** Whether a warm-up is looked for and left out of the figures. */
  readonly cutWarmup: boolean;
  readonly failures: readonly CallFailureCount[];
  readonly connecting: Connecting;
  readonly resources: Resources;
  readonly overhead: Overhead;
  /** Sentences about what may mislead in this run. */
  readonly warnings: readonly string[];
  /** True when it was stopped before its end. */
  readonly interrupted: boolean;
}
