import type { CallColumns } from './call-columns.js';
import type { CallFailureCount } from './call-failure.js';
import type { Bytes, Milliseconds } from './units.js';

/** The ways in which one task is done N times. */
export const MODE_NAMES = ['sync', 'sequential', 'async', 'loop', 'threads'] as const;

/**
 * How one task is done N times: the calling thread blocked, awaited one after another, in flight together on Node's event
 * loop, in flight together on our own, or in parallel on a pool of threads.
 */
export type ModeName = (typeof MODE_NAMES)[number];

/** The mode of a contender; `program` for a whole program that is started anew for each round. */
export type ContenderMode = ModeName | 'program';

/** What there is to do: a call, a wait, a file to read or to download, something to compute, a command, somebody's function or program. */
export const TASK_KINDS = [
  'http',
  'sleep',
  'file',
  'pi',
  'matrix',
  'command',
  'module',
  'download',
  'program',
] as const;

/** One of the kinds of things to do. */
export type TaskKindName = (typeof TASK_KINDS)[number];

/** What is done once, for people: as one would type it. Credentials are not part of it. */
export interface TaskDescription {
  readonly kind: TaskKindName;
  /** `GET http://localhost:8080/say-hi`, `sleep 200ms`, `pi 2000`, `./task.ts`. */
  readonly text: string;
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

/** What the event loop of the thread that makes the calls did during one round. */
export interface LoopActivity {
  /** Time in which it ran callbacks. */
  readonly activeMs: Milliseconds;
  /** Time in which it waited for something to happen. */
  readonly idleMs: Milliseconds;
  /** The longest that a timer was late, which is how long something kept the thread. */
  readonly delayMaxMs: Milliseconds;
}

/** What one round took of this machine and what the other side told, as evidence for what set its limit. */
export interface Resources {
  /** CPU time in user mode of the process that made the calls, and of the commands it ran. */
  readonly userMs: Milliseconds;
  /** The same in kernel mode. */
  readonly systemMs: Milliseconds;
  /** CPU time of the one thread that makes the calls; `undefined` where the system does not tell. */
  readonly threadCpuMs: Milliseconds | undefined;
  /** Time in which that thread could have run and had no core; `undefined` where the system does not tell. */
  readonly threadQueuedMs: Milliseconds | undefined;
  /** `undefined` in modes that block their thread, which has no running event loop then. */
  readonly loop: LoopActivity | undefined;
  /** The median wait of a look-up of a file for a thread of libuv's pool, probed while the round ran. */
  readonly poolWaitMs: Milliseconds | undefined;
  /** Bytes of the bodies that came in, or were read. */
  readonly bytes: Bytes;
  /** Mean time that calls queued in the server, where it told so (`Server-Timing: queue`). */
  readonly serverQueueMs: Milliseconds | undefined;
}

/** A round of which nothing but its calls is known. */
export const NO_RESOURCES: Resources = {
  userMs: 0,
  systemMs: 0,
  threadCpuMs: undefined,
  threadQueuedMs: undefined,
  loop: undefined,
  poolWaitMs: undefined,
  bytes: 0,
  serverQueueMs: undefined,
};

/** N calls in one mode. */
export interface Round {
  /** From just before the first call to just after the last, in milliseconds; up to the interruption if it was. */
  readonly wallMs: Milliseconds;
  readonly resources: Resources;
  readonly calls: CallColumns;
  readonly failures: readonly CallFailureCount[];
  readonly connecting: Connecting;
  /** The decoded answers in call order, where they were asked for. */
  readonly answers?: readonly unknown[];
}

/** All rounds of one contender: a task in a mode, with one number of calls. */
export interface ModeRounds {
  /** What it is called in this run: its mode, or its task where two tasks are compared. */
  readonly name: string;
  readonly mode: ContenderMode;
  readonly task: TaskDescription;
  /** Most calls in flight that the mode allows however many are made; `Infinity` when there is no limit. */
  readonly limit: number;
  /** Most calls in flight with this number of calls. */
  readonly concurrency: number;
  /** Rounds that were made first and do not count. */
  readonly warmup: readonly Round[];
  readonly rounds: readonly Round[];
}

/** The same `number` of calls by every contender, rounds interleaved: round i of every contender belongs together. */
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

/** A mode that a task cannot be done in, and why, as a sentence. */
export interface LeftOutMode {
  readonly mode: ModeName;
  readonly reason: string;
}

/** Everything that was observed, as plain data. Every report is made of a run and of nothing else. */
export interface Run {
  readonly version: string;
  readonly environment: Environment;
  /** One task in several modes, or two tasks against each other. */
  readonly tasks: readonly TaskDescription[];
  readonly leftOut: readonly LeftOutMode[];
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

/** CPU time of a round, user and system, in milliseconds. */
export function cpuMsOf({ resources }: Round): Milliseconds {
  return resources.userMs + resources.systemMs;
}
