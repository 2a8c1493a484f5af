import type { CallColumns } from './call-columns.js';
import type { CallFailureCount } from './call-failure.js';
import type { Milliseconds } from './units.js';

/** The ways in which one task is done N times. */
export const MODE_NAMES = ['sync', 'sequential', 'async', 'loop'] as const;

/**
 * How one task is done N times: the calling thread blocked, awaited one after another, in flight together on Node's event
 * loop, or in flight together on our own.
 */
export type ModeName = (typeof MODE_NAMES)[number];

/** The modes of a comparison unless others are named. */
export const DEFAULT_MODES: readonly ModeName[] = ['sync', 'sequential', 'async'];

/** What is done once, as plain data: enough to do it again elsewhere. Credentials are not part of it. */
export interface TaskDescription {
  readonly kind: 'http';
  readonly url: string;
  readonly method: string;
}

/** Where a run was made. */
export interface Environment {
  readonly node: string;
  readonly os: string;
  readonly cpus: number;
  readonly cpuModel: string;
}

/** The setting up of connections during one round. */
export interface Connecting {
  /** Connections opened. */
  readonly connections: number;
  /** Time during which at least one connection was being set up, in milliseconds. */
  readonly durationMs: Milliseconds;
}

/** N calls in one mode. */
export interface Round {
  /** From just before the first call to just after the last, in milliseconds; up to the interruption if it was. */
  readonly wallMs: Milliseconds;
  /** CPU time, user and system, of the process that made the calls. */
  readonly cpuMs: Milliseconds;
  readonly calls: CallColumns;
  readonly failures: readonly CallFailureCount[];
  readonly connecting: Connecting;
  /** The decoded answers in call order, where they were asked for. */
  readonly answers?: readonly unknown[];
}

/** All rounds of one mode with one number of calls. */
export interface ModeRounds {
  readonly mode: ModeName;
  /** Most calls in flight that the mode allows however many are made; `Infinity` when there is no limit. */
  readonly limit: number;
  /** Most calls in flight with this number of calls. */
  readonly concurrency: number;
  /** Rounds that were made first and do not count. */
  readonly warmup: readonly Round[];
  readonly rounds: readonly Round[];
}

/** The same task done `number` times in each mode, rounds interleaved: round i of every mode belongs together. */
export interface Measurement {
  readonly number: number;
  readonly modes: readonly ModeRounds[];
}

/** What our own instruments add, measured on this machine in this run. */
export interface Overhead {
  /** Cost of handing one blocking call to another thread and back, in milliseconds; `undefined` without `sync`. */
  readonly blockingBridgeMs: Milliseconds | undefined;
  /** Cost of recording one call, in milliseconds. */
  readonly recordingMs: Milliseconds;
}

/** Everything that was observed, as plain data. Every report is made of a run and of nothing else. */
export interface Run {
  readonly version: string;
  readonly environment: Environment;
  readonly task: TaskDescription;
  /** Most calls that may be in flight in the concurrent modes, as asked for; `undefined` when no limit was asked for. */
  readonly concurrency: number | undefined;
  readonly measured: Measurement;
  /** The same with twice the number of calls, when that was asked for. */
  readonly doubled: Measurement | undefined;
  readonly overhead: Overhead;
  /** Sentences about what may mislead in this run. */
  readonly warnings: readonly string[];
  /** True when the run was stopped before its end; the last round may then be incomplete. */
  readonly interrupted: boolean;
}
