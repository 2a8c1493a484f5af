import type { Environment } from './run.js';
import type { Milliseconds } from './units.js';

/** What a thread did all the time. */
export interface BoundStates {
  /** It used the CPU. */
  readonly computingMs: Milliseconds;
  /** It was held without computing: nothing else could run on it. */
  readonly blockedMs: Milliseconds;
  /** Its event loop was idle: anything else could have run on it. */
  readonly waitingMs: Milliseconds;
}

/** A line of a program that held the thread. */
export interface BoundBlock {
  readonly file: string;
  readonly line: number;
  /** All times together. */
  readonly durationMs: Milliseconds;
  /** The function of Node that was called there, such as `readFileSync`, where that is known. */
  readonly call: string | undefined;
  /** The text of the line, where it could be read. */
  readonly source: string | undefined;
}

/** How what was observed ended. */
export type BoundEnding =
  | { readonly kind: 'done' }
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string };

/** What was observed of a program, or of a task that was done once after another, as plain data. */
export interface BoundRun {
  readonly version: string;
  readonly environment: Environment;
  /** Whether a command ran, or a task of lwasync. */
  readonly kind: 'command' | 'task';
  /** What ran, as its user writes it. */
  readonly text: string;
  /** How many times it was done, one after another; 1 for a command. */
  readonly number: number;
  /** How many times of these a task failed; what failed is no measure of the task. */
  readonly failed: number;
  readonly wallMs: Milliseconds;
  /** CPU time of all threads and ended child processes. */
  readonly userMs: Milliseconds;
  readonly systemMs: Milliseconds;
  /** The smallest difference of CPU time that the clock shows. */
  readonly cpuResolutionMs: Milliseconds;
  /**
   * How long it could have computed and had no core, since the machine was busy with other programs; `undefined` where that
   * is not known.
   */
  readonly withoutCoreMs: Milliseconds | undefined;
  /** What the main thread did, apart from the time in which it had no core; `undefined` where blocked and waiting cannot be told apart. */
  readonly states: BoundStates | undefined;
  /** The lines that held the main thread longest, the longest first. */
  readonly blocks: readonly BoundBlock[];
  /** Sentences about what cannot be told, or may mislead. */
  readonly notes: readonly string[];
  readonly ending: BoundEnding;
  /** True when it was ended by Ctrl-C. */
  readonly interrupted: boolean;
}
