import { CallError, CallsFailedError } from '../core/call-error.js';
import { CallFault } from './call-errors.js';
import type { HttpRequest } from './call-options.js';
import type { HttpAnswer } from './connections.js';

/**
 * What a complete answer says to whoever made the request.
 *
 * @throws {CallFault} when its status is not one of 200 to 299, or it is to be decoded and is not JSON.
 */
export function readAnswer(request: HttpRequest, status: number, body: Buffer): HttpAnswer {
  if (status < 200 || status > 299) throw new CallFault('HTTP_STATUS', status);
  if (!request.parse) return { status, value: undefined };
  // An answer that may have no body (RFC 9110 sections 9.3.2 and 15.3.5) has none to decode.
  if (body.length === 0 && (status === 204 || request.method === 'HEAD')) {
    return { status, value: null };
  }
  try {
    return { status, value: JSON.parse(body.toString('utf8')) };
  } catch (error) {
    throw new CallFault('NOT_JSON', status, error);
  }
}

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
