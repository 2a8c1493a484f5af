import type { Connecting } from '../core/run.js';

/** What doing a task once brought: the status of an answer (0 where the task has none) and the result itself. */
interface TaskResult {
  readonly status: number;
  readonly value: unknown;
}

/** Something to do once, again and again, while the thread stays free. */
export interface Task {
  /** Does it once, inside `within`; rejects with a `CallError` when it fails. */
  readonly call: (index: number) => PromiseLike<TaskResult>;
  /** Does `work` with the event loop running on which the calls are made. */
  within(work: () => Promise<unknown>): Promise<unknown>;
  /** The connections set up since this was last asked. */
  connecting(): Connecting;
  /** Gives up what is under way. */
  close(): void;
}

/** The same while the calling thread is blocked. */
export interface BlockingTask {
  /** Does it once; throws a `CallError` when it fails. */
  readonly call: (index: number) => TaskResult;
  /** The connections set up since this was last asked. */
  connecting(): Connecting;
}
