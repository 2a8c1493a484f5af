import { CallError } from '../core/call-error.js';
import type { Connecting } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { CALLS_THREAD, type CallQuestion, type CallReply } from './bridged-calls.js';
import type { HttpRequest } from './call-options.js';
import type { HttpAnswer } from './connections.js';
import { RenewedBridge, unexpectedAnswer } from './renewed-bridge.js';

const bridge = new RenewedBridge<CallQuestion, CallReply>(CALLS_THREAD);
let lastPool = 0;

/**
 * `Connections` for a thread that blocks: the same calls on the same HTTP library, made by a second thread while this one
 * sleeps. All of them in one thread share one second thread, which starts with the first of them; the sets of one that was
 * lost are opened anew in the next.
 */
export class BlockingConnections {
  readonly #pool: number;

  constructor() {
    lastPool += 1;
    this.#pool = lastPool;
  }

  /**
   * Makes one call and reads its answer to the end, blocking this thread meanwhile.
   *
   * @throws {CallError} when the connection, the answer or its decoding fails or the time is up.
   * @throws {UnavailableError} when the thread that makes the call is lost.
   */
  call(request: HttpRequest, index: number): HttpAnswer {
    const question: CallQuestion = { kind: 'call', pool: this.#pool, request, index };
    const answer = bridge.ask(question, request.timeoutMs);
    if (answer.kind === 'answered') return answer.answer;
    if (answer.kind === 'failed') throw CallError.from(answer.error);
    throw unexpectedAnswer(answer);
  }

  /** The connections set up since this was last asked. */
  connecting(): Connecting {
    const answer = bridge.ask({ kind: 'connecting', pool: this.#pool });
    if (answer.kind === 'connecting') return answer.connecting;
    throw unexpectedAnswer(answer);
  }

  /** Closes every connection at once. */
  close(): void {
    bridge.ask({ kind: 'close', pool: this.#pool });
  }
}

/** How long it takes to hand a question to the thread that makes the calls and get its answer, `times` times. */
export function timeBlockingBridge(times: number): Milliseconds[] {
  return bridge.timeEcho(times);
}
