import type { CallError } from '../core/call-error.js';
import type { Coroutine } from '../loop/tasks/coroutine.js';
import { currentLoop } from '../loop/tasks/running.js';
import { gather } from '../loop/tasks/task-group.js';
import type { Abortable } from './asynchronous.js';
import { asFailedCall, answersOrThrow } from './answers.js';
import {
  DEFAULT_URL,
  toNumberOfCalls,
  toRequest,
  type CallOptions,
  type ManyCallsOptions,
} from './call-options.js';
import type { HttpAnswer } from './connections.js';
import { onHostedLoop } from './hosted-loop.js';
import { LoopConnections } from './loop-connections.js';

/**
 * Makes one call on our own event loop, inside Node's, and resolves to the decoded answer. http only.
 *
 * @throws {UsageError} when the address or an option cannot be used.
 * @throws {UnavailableError} where the event loop cannot run.
 * @throws {CallError} when there is no answer, or none with an expected status and JSON in it.
 */
export async function makeOneCall(
  url: string = DEFAULT_URL,
  options: CallOptions & Abortable = {},
): Promise<unknown> {
  return onHostedLoop(() => oneCall(url, options));
}

/**
 * Makes `n` calls on our own event loop, all in flight together or at most `concurrency` of them, and resolves to their
 * decoded answers in call order. http only.
 *
 * @throws {UsageError} when `n`, the address or an option cannot be used.
 * @throws {UnavailableError} where the event loop cannot run.
 * @throws {CallsFailedError} when some calls failed; it holds the answers of the others.
 */
export async function makeManyCalls(
  n: number,
  url: string = DEFAULT_URL,
  options: ManyCallsOptions & Abortable = {},
): Promise<unknown[]> {
  return onHostedLoop(() => manyCalls(n, url, options));
}

/** `makeOneCall` for a loop that runs already, `loop.run` included: `yield* oneCall(url)`. */
export function* oneCall(
  url: string = DEFAULT_URL,
  options: CallOptions & Abortable = {},
): Coroutine<unknown> {
  const connections = new LoopConnections(currentLoop());
  try {
    const answer = yield* connections.call(toRequest(url, options), 0, options.signal);
    return answer.value;
  } finally {
    connections.close();
  }
}

/** `makeManyCalls` for a loop that runs already, `loop.run` included: `yield* manyCalls(10, url)`. */
export function* manyCalls(
  n: number,
  url: string = DEFAULT_URL,
  options: ManyCallsOptions & Abortable = {},
): Coroutine<unknown[]> {
  const request = toRequest(url, options);
  const number = toNumberOfCalls(n);
  const limit = Math.min(number, toNumberOfCalls(options.concurrency ?? number));
  const connections = new LoopConnections(currentLoop());
  const outcomes = Array.from<HttpAnswer | CallError>({ length: number });
  let next = 0;
  const lane = function* lane(): Coroutine<void> {
    while (next < number) {
      const index = next;
      next += 1;
      try {
        outcomes[index] = yield* connections.call(request, index, options.signal);
      } catch (error) {
        outcomes[index] = asFailedCall(error);
      }
    }
  };
  try {
    yield* gather(Array.from({ length: limit }, () => lane));
    return answersOrThrow(outcomes);
  } finally {
    connections.close();
  }
}
