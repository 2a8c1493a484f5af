import type { Milliseconds } from '../../core/units.js';
import type { Handle } from '../handle.js';

/** The phases of a pass that end with a word of their own; the waiting before them is told of by `beforeIoWait` and `afterIoWait`. */
export type Phase =
  'events to the ready queue' | 'due timers to the ready queue' | 'run what was ready';

/** What an instrument is told of a task. */
export interface TaskInfo {
  /** Counts from 1 in each loop. */
  readonly id: number;
  readonly name: string;
  /** The task that started it. */
  readonly parent: TaskInfo | undefined;
}

/**
 * Looks on while a loop runs, after the idea of trio's instruments. Every method is optional and must not throw: what one
 * throws ends the loop. With no instrument the loop pays one comparison at each of these places.
 */
export interface Instrument {
  /** A phase of a pass is over. */
  phaseEnded?(phase: Phase): void;
  /** The loop asks the operating system, and is ready to wait so long (`Infinity`: for ever). */
  beforeIoWait?(timeoutMs: Milliseconds): void;
  /** The operating system answered with so many descriptors. */
  afterIoWait?(events: number): void;
  /** A handle got in line; the handle that is running, if one is, is the cause. */
  handleEnqueued?(handle: Handle): void;
  handleStarted?(handle: Handle): void;
  handleEnded?(handle: Handle): void;
  taskSpawned?(task: TaskInfo): void;
  taskStepped?(task: TaskInfo): void;
  taskExited?(task: TaskInfo): void;
}
