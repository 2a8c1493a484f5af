import type { CallFailureCode } from './call-failure.js';
import { LwasyncError } from './errors.js';

/** What is known of a task that failed once, as plain data that can be sent to another thread. */
export interface TaskErrorRecord {
  readonly code: CallFailureCode;
  readonly message: string;
  readonly status: number;
}

/**
 * A task failed this time. `code` says how, `status` is there when an HTTP answer came. Others of the same run go on;
 * nothing was retried.
 */
export class TaskError extends LwasyncError {
  readonly code: CallFailureCode;
  readonly status: number | undefined;

  constructor(code: CallFailureCode, message: string, status?: number, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
    this.status = status;
  }

  /** Whatever a task threw as plain data; what is no `TaskError` counts as `FAILED`. */
  static record(thrown: unknown): TaskErrorRecord {
    if (thrown instanceof TaskError) {
      return { code: thrown.code, message: thrown.message, status: thrown.status ?? 0 };
    }
    return {
      code: 'FAILED',
      message: thrown instanceof Error ? thrown.message : String(thrown),
      status: 0,
    };
  }
}
