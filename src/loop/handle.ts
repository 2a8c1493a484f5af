import type { Milliseconds } from '../core/units.js';

/** What a handle waits for: nothing, a time, a descriptor's readiness, or the next step of a task. */
export type HandleKind = 'callback' | 'timer' | 'reader' | 'writer' | 'step';

/** Is told of each handle that comes into being on this thread. */
export type CreationListener = (handle: Handle) => void;

let creationListener: CreationListener | undefined;

/** Sets who is told of new handles; there is one at most. Returns the one before. */
export function setCreationListener(
  next: CreationListener | undefined,
): CreationListener | undefined {
  const before = creationListener;
  creationListener = next;
  return before;
}

/** A callback in the hands of the loop. Cancelling it is the undo of whatever started it. */
export class Handle {
  readonly kind: HandleKind;
  readonly callback: () => void;
  /** Whether native code waits for what the callback does, so that microtasks must run right after it. */
  readonly wakesNative: boolean;
  isCancelled = false;

  constructor(kind: HandleKind, callback: () => void, wakesNative = false) {
    this.kind = kind;
    this.callback = callback;
    this.wakesNative = wakesNative;
    creationListener?.(this);
  }

  /** Makes sure that the callback does not run any more. Cancelling twice, or too late, does nothing. */
  cancel(): void {
    this.isCancelled = true;
  }
}

/** A callback for a time. */
export class Timer extends Handle {
  /** When it is due, on the loop's clock. */
  readonly deadlineMs: Milliseconds;
  /** Orders timers that are due at the same time: first come, first served. */
  readonly sequence: number;
  /** Told when this timer is cancelled before it was due. */
  owner: TimerOwner | undefined;

  constructor(deadlineMs: Milliseconds, sequence: number, callback: () => void, owner: TimerOwner) {
    super('timer', callback);
    this.deadlineMs = deadlineMs;
    this.sequence = sequence;
    this.owner = owner;
  }

  override cancel(): void {
    super.cancel();
    this.owner?.cancelled();
    this.owner = undefined;
  }
}

/** Where a timer waits. */
export interface TimerOwner {
  cancelled(): void;
}
