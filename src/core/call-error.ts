import type { CallFailureCode } from './call-failure.js';
import { LwasyncError } from './errors.js';
import { TaskError } from './task-error.js';

/** What is known of a failed call, as plain data that can be sent to another thread. */
export interface CallErrorRecord {
  readonly code: CallFailureCode;
  readonly message: string;
  readonly url: string;
  readonly index: number;
  readonly status?: number;
  readonly causeMessage?: string;
}

/**
 * One call failed. `code` says how, `index` which call of the run (0 for a single one), `status` is there when an answer
 * came, and `cause` is the error below, where there was one. The caller decides whether to call again: nothing was
 * retried.
 */
export class CallError extends TaskError {
  readonly url: string;
  readonly index: number;

  constructor(record: CallErrorRecord, cause?: unknown) {
    super(record.code, record.message, record.status, cause);
    this.url = record.url;
    this.index = record.index;
  }

  /** This error as plain data; `CallError.from` makes an equal error of it in another thread. */
  toRecord(): CallErrorRecord {
    return {
      code: this.code,
      message: this.message,
      url: this.url,
      index: this.index,
      ...(this.status === undefined ? {} : { status: this.status }),
      ...(this.cause instanceof Error ? { causeMessage: this.cause.message } : {}),
    };
  }

  /** The error that `toRecord` described. */
  static from(record: CallErrorRecord): CallError {
    return new CallError(
      record,
      record.causeMessage === undefined ? undefined : new Error(record.causeMessage),
    );
  }
}

/**
 * Some calls of a run failed; the others were completed. `answers` holds every answer in call order with `undefined`
 * where a call failed, `errors` the failed calls in call order.
 */
export class CallsFailedError extends LwasyncError {
  readonly code = 'CALLS_FAILED';
  readonly answers: readonly unknown[];
  readonly errors: readonly CallError[];

  constructor(answers: readonly unknown[], errors: readonly CallError[]) {
    const kinds = new Map<string, number>();
    for (const error of errors) kinds.set(error.code, (kinds.get(error.code) ?? 0) + 1);
    const listed = [...kinds].map(([code, count]) => `${count} × ${code}`).join(', ');
    super(
      `${errors.length} of ${answers.length} calls failed: ${listed}`,
      errors[0] === undefined ? {} : { cause: errors[0] },
    );
    this.answers = answers;
    this.errors = errors;
  }
}
