import { monotonicNow } from '../core/clock.js';
import type { Milliseconds } from '../core/units.js';
import { CallFault, toCallError } from './call-errors.js';
import type { HttpRequest } from './call-options.js';
import type { HttpAnswer } from './connections.js';
import { MOST_REDIRECTS } from './redirect-limits.js';
import { Redirection, requestAfter } from './redirection.js';

/** Makes one request within a limit; rejects with a `CallError`, or with the `Redirection` that is to be followed. */
export type Exchange = (request: HttpRequest, limitMs: Milliseconds) => Promise<HttpAnswer>;

/**
 * Makes a request and follows the redirects of its answers, as many as it allows, within its one time limit.
 *
 * @throws {CallError} when an exchange does, or with the code `REDIRECT` when there is no way on.
 */
export async function followRedirects(
  request: HttpRequest,
  index: number,
  exchange: Exchange,
): Promise<HttpAnswer> {
  const beganMs = monotonicNow();
  const deadlineMs = beganMs + request.timeoutMs;
  const visited = new Set<string>();
  for (let current = request; ;) {
    visited.add(`${current.method} ${current.url}`);
    const sentMs = monotonicNow();
    const outcome = await exchange(current, deadlineMs - sentMs).catch(asRedirection);
    if (!(outcome instanceof Redirection)) return sinceFirst(outcome, sentMs - beganMs);
    try {
      const next = requestAfter(current, outcome);
      checkWay(next, visited, outcome.status);
      current = next;
    } catch (fault) {
      throw toCallError(fault, current, index);
    }
  }
}

// The moments of an answer are those since its own request; the time before was spent on getting to it.
function sinceFirst(answer: HttpAnswer, beforeMs: Milliseconds): HttpAnswer {
  const { connectedMs, firstByteMs } = answer;
  return connectedMs === undefined || firstByteMs === undefined
    ? answer
    : { ...answer, connectedMs: connectedMs + beforeMs, firstByteMs: firstByteMs + beforeMs };
}

function asRedirection(thrown: unknown): Redirection {
  if (thrown instanceof Redirection) return thrown;
  throw thrown;
}

// No cookie is kept from one answer to the next, so who comes back to where he was is sent round the same way again.
function checkWay(next: HttpRequest, visited: ReadonlySet<string>, status: number): void {
  const fault = (detail: string): CallFault => new CallFault('REDIRECT', status, undefined, detail);
  if (visited.has(`${next.method} ${next.url}`)) {
    throw fault('it leads back to where this call has been');
  }
  if (visited.size > next.follow) {
    throw fault(
      `${next.follow} have been followed already; --follow allows up to ${MOST_REDIRECTS}`,
    );
  }
}
