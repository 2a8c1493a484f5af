import { asFailedCall, answersOrThrow } from './answers.js';
import {
  DEFAULT_URL,
  toNumberOfCalls,
  toRequest,
  type CallOptions,
  type ManyCallsOptions,
} from './call-options.js';
import { runConcurrently } from '../core/concurrency.js';
import { Connections } from './connections.js';

/** What an asynchronous call can be told beside its address; firing `signal` gives the call up. */
export interface Abortable {
  readonly signal?: AbortSignal;
}

/**
 * Makes one call while the thread stays free, and resolves to the decoded answer.
 *
 * @throws {UsageError} when the address or an option cannot be used.
 * @throws {CallError} when there is no answer, or none with an expected status and JSON in it.
 */
export async function makeOneCall(
  url: string = DEFAULT_URL,
  options: CallOptions & Abortable = {},
): Promise<unknown> {
  const request = toRequest(url, options);
  const answer = await sharedConnections().call(request, 0, options.signal);
  return answer.value;
}

/**
 * Makes `n` calls, all in flight together or at most `concurrency` of them, and resolves to their decoded answers in
 * call order.
 *
 * @throws {UsageError} when `n`, the address or an option cannot be used.
 * @throws {CallsFailedError} when some calls failed; it holds the answers of the others.
 */
export async function makeManyCalls(
  n: number,
  url: string = DEFAULT_URL,
  options: ManyCallsOptions & Abortable = {},
): Promise<unknown[]> {
  const request = toRequest(url, options);
  const number = toNumberOfCalls(n);
  const limit = toNumberOfCalls(options.concurrency ?? number);
  const connections = new Connections();
  const oneOfMany = async (index: number) => {
    try {
      return await connections.call(request, index, options.signal);
    } catch (error) {
      return asFailedCall(error);
    }
  };
  try {
    const outcomes = await runConcurrently(number, limit, oneOfMany);
    return answersOrThrow(outcomes);
  } finally {
    await connections.close();
  }
}

let shared: Connections | undefined;

// Idle connections do not keep a process alive, so these need no closing.
function sharedConnections(): Connections {
  shared ??= new Connections();
  return shared;
}
