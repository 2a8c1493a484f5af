import { CallError, CallsFailedError } from '../core/call-error.js';
import type { HttpAnswer } from './connections.js';

/**
 * The error of a failed call as a value, so that the other calls of a run can go on.
 *
 * @throws what was thrown, when it is not a `CallError`: then something else is wrong and going on would hide it.
 */
export function asFailedCall(thrown: unknown): CallError {
  if (thrown instanceof CallError) return thrown;
  throw thrown;
}

/**
 * The decoded answers of a run in call order.
 *
 * @throws {CallsFailedError} when some of the calls failed.
 */
export function answersOrThrow(outcomes: readonly (HttpAnswer | CallError)[]): unknown[] {
  const answers: unknown[] = [];
  const errors: CallError[] = [];
  for (const outcome of outcomes) {
    if (outcome instanceof CallError) {
      errors.push(outcome);
      answers.push(undefined);
    } else {
      answers.push(outcome.value);
    }
  }
  if (errors.length > 0) throw new CallsFailedError(answers, errors);
  return answers;
}
