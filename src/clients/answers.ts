import { CallError, CallsFailedError } from '../core/call-error.js';
import type { Bytes } from '../core/units.js';
import type { AnswerNotes } from '../http/answer-notes.js';
import { queueMsOf } from '../http/server-timing.js';
import { CallFault } from './call-errors.js';
import type { HttpRequest } from './call-options.js';
import type { HttpAnswer } from './connections.js';
import { isExpected } from './expected-status.js';
import { statusFault } from './status-fault.js';

/**
 * What a complete answer says to whoever made the request. `body` may be empty when it is not to be decoded; `bytes` is how
 * much came.
 *
 * @throws {CallFault} when its status was not expected, or it is to be decoded and is not JSON.
 * @throws {Redirection} when it redirects and the request allows to follow.
 */
export function readAnswer(
  request: HttpRequest,
  status: number,
  body: Buffer,
  bytes: Bytes,
  notes: AnswerNotes | undefined,
): HttpAnswer {
  if (!isExpected(status, request.expected)) throw statusFault(request, status, notes);
  const value = request.parse ? decoded(request, status, body) : undefined;
  const serverTiming = notes?.serverTiming;
  const serverQueueMs = serverTiming === undefined ? undefined : queueMsOf(serverTiming);
  if (serverQueueMs === undefined) return { status, value, bytes };
  return { status, value, bytes, serverQueueMs };
}

function decoded({ method }: HttpRequest, status: number, body: Buffer): unknown {
  // An answer that may have no body (RFC 9110 sections 9.3.2, 15.3.5 and 15.4.5) has none to decode.
  if (body.length === 0 && (status === 204 || status === 304 || method === 'HEAD')) return null;
  try {
    return JSON.parse(body.toString('utf8'));
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
