import { BlockingBridge } from '../clients/blocking-bridge.js';
import type { BridgeAnswer } from '../clients/bridge-protocol.js';
import { CALLS_THREAD, type CallQuestion, type CallReply } from '../clients/bridged-calls.js';
import { toRequest } from '../clients/call-options.js';
import { unexpectedAnswer } from '../clients/renewed-bridge.js';
import { CallError } from '../core/call-error.js';
import { UnavailableError, UsageError } from '../core/errors.js';
import type { Milliseconds } from '../core/units.js';

/** The one place where an event loop sleeps: until a call is answered, or a time is over. */
export interface Selector {
  /**
   * Starts a call and returns its number at once; how it ended is told by one of the next `select`.
   *
   * @throws {UsageError} when the address cannot be used.
   */
  get(url: string): number;
  /**
   * Holds the thread until a call has ended, or so many milliseconds are over and not earlier; `Infinity` waits for a call
   * alone. Returns the calls that have ended since it was last asked, in the order of their ends: at once when there are any,
   * none when the time was over.
   *
   * @throws {UsageError} when the time is no number, or nothing would ever end the wait.
   */
  select(timeoutMs: Milliseconds): readonly EndedCall[];
}

/** A call that has ended: with its decoded answer, or with why there is none. */
export type EndedCall =
  | { readonly call: number; readonly answer: unknown; readonly error?: undefined }
  | { readonly call: number; readonly error: Error; readonly answer?: undefined };

// The other thread keeps the time limit of each call; this much later it is taken for dead.
const MARGIN_MS: Milliseconds = 5000;

/**
 * A selector for real HTTP calls that runs wherever Node does: a second thread makes the calls, and this one sleeps in
 * `Atomics.wait`, which takes no CPU time. None of its JavaScript runs meanwhile, no timer, no promise, no handler of Node's.
 */
export class BlockingSelector implements Selector {
  readonly #bridge = new BlockingBridge<CallQuestion, CallReply>(CALLS_THREAD);
  #inFlight = 0;
  #longestCallMs: Milliseconds = 0;

  get(url: string): number {
    const request = toRequest(url);
    this.#inFlight += 1;
    this.#longestCallMs = Math.max(this.#longestCallMs, request.timeoutMs);
    return this.#bridge.send({ kind: 'call', pool: 0, request, index: 0 });
  }

  select(timeoutMs: Milliseconds): EndedCall[] {
    if (typeof timeoutMs !== 'number' || Number.isNaN(timeoutMs)) {
      throw new UsageError(
        `select expects how many milliseconds to wait at most, 0 or more or Infinity, got ${timeoutMs}`,
      );
    }
    if (timeoutMs === Infinity && this.#inFlight === 0) {
      throw new UsageError(
        'select(Infinity) with no call in flight would hold the thread for ever: nothing could end the wait',
      );
    }
    const patienceMs = this.#inFlight === 0 ? Infinity : this.#longestCallMs + MARGIN_MS;
    const replies = this.#bridge.receive(Math.min(timeoutMs, patienceMs));
    if (replies.length === 0 && timeoutMs > patienceMs) {
      throw new UnavailableError('the thread that makes the calls of a selector is lost');
    }
    this.#inFlight -= replies.length;
    return replies.map(({ number, answer }) => toEnded(number, answer));
  }

  /** Ends the second thread; calls in flight are given up. */
  close(): void {
    this.#bridge.close();
  }
}

/**
 * Starts a selector, which takes a second thread; close it when it is done with.
 *
 * @throws {UnavailableError} when the thread does not start.
 */
export function startSelector(): BlockingSelector {
  return new BlockingSelector();
}

function toEnded(call: number, answer: BridgeAnswer<CallReply>): EndedCall {
  if (answer.kind === 'answered') return { call, answer: answer.answer.value };
  if (answer.kind === 'failed') return { call, error: CallError.from(answer.error) };
  return { call, error: unexpectedAnswer(answer) };
}
