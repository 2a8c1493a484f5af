import { LwasyncError } from '../core/errors.js';
import { formatDuration } from '../core/format-units.js';
import type { Milliseconds } from '../core/units.js';

/** What a task was waiting for, or the task itself, was given up. Let it through: the `finally` blocks do the rest. */
export class CancelledError extends LwasyncError {
  readonly code = 'CANCELLED';

  constructor() {
    super('given up before it was done');
  }
}

/** The time that was allowed is over. */
export class TimeoutError extends LwasyncError {
  readonly code = 'TIMEOUT';

  constructor(what: string, durationMs: Milliseconds) {
    super(`${what} took longer than ${formatDuration(durationMs)}`);
  }
}

/** Several tasks of a group failed; `errors` has what each of them threw, in the order in which they ended. */
export class TaskGroupError extends LwasyncError {
  readonly code = 'TASKS_FAILED';
  readonly errors: readonly unknown[];

  constructor(errors: readonly unknown[]) {
    const sentences = errors.map((error) =>
      error instanceof Error ? error.message : String(error),
    );
    super(`${errors.length} tasks failed: ${sentences.join('; ')}`, { cause: errors[0] });
    this.errors = errors;
  }
}

/** What the main task waits for can never happen, so waiting would never end. */
export class DeadlockError extends LwasyncError {
  readonly code = 'DEADLOCK';

  constructor() {
    super(
      'the main task waits for something that can never happen: nothing is ready, no timer runs and no descriptor is watched',
    );
  }
}

/** The loop was stopped before its main task was done. */
export class StoppedError extends LwasyncError {
  readonly code = 'STOPPED';

  constructor() {
    super('the event loop was stopped before its main task was done');
  }
}
