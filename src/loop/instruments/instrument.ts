import type { Milliseconds } from '../../core/units.js';
import type { Handle, Timer } from '../handle.js';
import type { HostKind } from '../tasks/running.js';

/** The phases of a pass that end with a word of their own; the waiting before them is told of by `beforeIoWait` and `afterIoWait`. */
export type Phase =
  'events to the ready queue' | 'due timers to the ready queue' | 'run what was ready';

/** What an instrument is told of a task. */
export interface TaskInfo {
  /** Counts from 1 on each thread. */
  readonly id: number;
  readonly name: string;
  /** The task that started it; known only when an instrument looked on then. */
  readonly parent: TaskInfo | undefined;
}

/** What an instrument can look at: a loop, from outside. */
export interface LoopView {
  /** The clock of the loop. */
  readonly time: () => Milliseconds;
  readonly timers: {
    readonly size: number;
    /** The timers that wait, first deadline first; a copy. */
    waiting(): Timer[];
  };
  readonly watches: {
    readonly size: number;
    /** Which descriptors are watched for what; a copy. */
    waiting(): WatchInfo[];
  };
  /** The tasks that are not done. */
  readonly tasks: ReadonlySet<TaskInfo>;
}

/** A descriptor and what it is watched for. */
export interface WatchInfo {
  readonly fd: number;
  readonly kind: 'reader' | 'writer';
}

/**
 * Looks on while a loop runs, after the idea of trio's instruments. Every method is optional and must not throw: what one
 * throws ends the loop. With no instrument the loop pays one comparison at each of these places.
 */
export interface Instrument {
  /** The loop begins to run on this thread: `loop.run` or `loop.host` was called. */
  loopEntered?(loop: LoopView, host: HostKind): void;
  /** It runs no more. */
  loopLeft?(): void;
  /**
   * A handle came into being while the loop runs; for a timer, a reader and a writer this is where the program asked for
   * it, which may be long before it gets in line.
   */
  handleCreated?(handle: Handle): void;
  /** A phase of a pass is over. */
  phaseEnded?(phase: Phase): void;
  /** The loop asks the operating system, and is ready to wait so long (`Infinity`: for ever). */
  beforeIoWait?(timeoutMs: Milliseconds): void;
  /** The operating system answered with so many descriptors. */
  afterIoWait?(events: number): void;
  /** A handle got in line; the handle that is running, if one is, is the cause. */
  handleEnqueued?(handle: Handle): void;
  handleStarted?(handle: Handle): void;
  /** Not called when the callback threw: the error leaves the pass. */
  handleEnded?(handle: Handle): void;
  taskSpawned?(task: TaskInfo): void;
  taskStepped?(task: TaskInfo): void;
  taskExited?(task: TaskInfo): void;
}
