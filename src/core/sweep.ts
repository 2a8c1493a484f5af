import type { Environment, ModeName, Round, TaskDescription } from './run.js';

/** What is doubled from level to level: the calls in flight, each level in its steady state, or the calls themselves. */
export type SweepOver = 'concurrency' | 'number';

/** One level of a sweep, measured once or more often. */
export interface SweepLevel {
  /** Most calls in flight. */
  readonly concurrency: number;
  /** Calls a round. */
  readonly number: number;
  /** The counted rounds; a warm-up is not kept. */
  readonly rounds: readonly Round[];
}

/** The same level measured again with one thing changed on our side, to see whether that was what stopped the gain. */
export interface SweepProof {
  /** What was changed, and from what to what: `libuv's pool of threads, 4 to 8 (UV_THREADPOOL_SIZE)`. */
  readonly change: string;
  /** As it was, measured again beside the change. */
  readonly before: SweepLevel;
  readonly after: SweepLevel;
}

/** Everything that was observed of one task in one mode, level by level, as plain data. */
export interface SweepRun {
  readonly version: string;
  readonly environment: Environment;
  readonly task: TaskDescription;
  readonly mode: ModeName;
  readonly over: SweepOver;
  /** In ascending order of what is swept over. */
  readonly levels: readonly SweepLevel[];
  /** The most calls in flight that were to be tried. */
  readonly most: number;
  /** What can stop it on our side. */
  readonly limits: SweepLimits;
  /** `undefined` when none was asked for; a sentence when what stopped it cannot be changed from here. */
  readonly proof: SweepProof | string | undefined;
  readonly warnings: readonly string[];
  readonly interrupted: boolean;
}

/** Limits of this process that a sweep can run into. */
export interface SweepLimits {
  /** Threads of libuv's pool, which reads files and looks up names. */
  readonly poolThreads: number;
  /** Threads of the mode `threads`; `undefined` in other modes. */
  readonly threads: number | undefined;
  /** Most connections to one server, and what sets that. */
  readonly connections: number;
}
