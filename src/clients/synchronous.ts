import { asFailedCall, answersOrThrow } from './answers.js';
import { DEFAULT_URL, toNumberOfCalls, toRequest, type CallOptions } from './call-options.js';
import { BlockingConnections } from './blocking-connections.js';

/**
 * Makes one call while the calling thread is blocked, and returns the decoded answer: no promise, nothing else runs on
 * this thread until it is there.
 *
 * @throws {UsageError} when the address or an option cannot be used.
 * @throws {CallError} when there is no answer, or none with an expected status and JSON in it.
 */
export function makeOneCall(url: string = DEFAULT_URL, options: CallOptions = {}): unknown {
  const request = toRequest(url, options);
  const answer = sharedConnections().call(request, 0);
  return answer.value;
}

/**
 * Makes `n` calls one after another while the calling thread is blocked, and returns their decoded answers in call
 * order.
 *
 * @throws {UsageError} when `n`, the address or an option cannot be used.
 * @throws {CallsFailedError} when some calls failed; it holds the answers of the others.
 */
export function makeManyCalls(
  n: number,
  url: string = DEFAULT_URL,
  options: CallOptions = {},
): unknown[] {
  const request = toRequest(url, options);
  const number = toNumberOfCalls(n);
  const connections = new BlockingConnections();
  const oneOfMany = (index: number) => {
    try {
      return connections.call(request, index);
    } catch (error) {
      return asFailedCall(error);
    }
  };
  try {
    const outcomes = [];
    for (let index = 0; index < number; index += 1) outcomes.push(oneOfMany(index));
    return answersOrThrow(outcomes);
  } finally {
    connections.close();
  }
}

let shared: BlockingConnections | undefined;

// The thread behind them does not keep a process alive, so these need no closing.
function sharedConnections(): BlockingConnections {
  shared ??= new BlockingConnections();
  return shared;
}
