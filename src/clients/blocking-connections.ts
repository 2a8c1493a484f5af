import { CallError } from '../core/call-error.js';
import { monotonicNow } from '../core/clock.js';
import { UnavailableError } from '../core/errors.js';
import type { Connecting } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { BlockingBridge } from './blocking-bridge.js';
import type { BridgeAnswer, BridgeQuestion } from './bridge-protocol.js';
import type { HttpRequest } from './call-options.js';
import type { HttpAnswer } from './connections.js';

// The other thread keeps the deadline of the call; this much later it is taken for dead.
const MARGIN_MS: Milliseconds = 5000;

let bridge: BlockingBridge | undefined;
let lastPool = 0;

/**
 * `Connections` for a thread that blocks: the same calls on the same HTTP library, made by a second thread while this one
 * sleeps. All of them in one thread share one second thread, which starts with the first of them.
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
    const answer = ask({ kind: 'call', pool: this.#pool, request, index }, request.timeoutMs);
    if (answer.kind === 'answered') return answer.answer;
    if (answer.kind === 'failed') throw CallError.from(answer.error);
    throw unexpected(answer);
  }

  /** The connections set up since this was last asked. */
  connecting(): Connecting {
    const answer = ask({ kind: 'connecting', pool: this.#pool });
    if (answer.kind === 'connecting') return answer.connecting;
    throw unexpected(answer);
  }

  /** Closes every connection at once. */
  close(): void {
    ask({ kind: 'close', pool: this.#pool });
  }
}

/** How long it takes to hand a question to the other thread and get its answer, `times` times, in milliseconds. */
export function timeBlockingBridge(times: number): Milliseconds[] {
  const samples: Milliseconds[] = [];
  for (let count = 0; count < times; count += 1) {
    const began = monotonicNow();
    ask({ kind: 'echo' });
    samples.push(monotonicNow() - began);
  }
  return samples;
}

function ask(question: BridgeQuestion, limitMs: Milliseconds = 0): BridgeAnswer {
  bridge ??= new BlockingBridge();
  try {
    return bridge.ask(question, limitMs + MARGIN_MS);
  } catch (error) {
    // A thread that was lost is replaced at the next call, and its pools are opened anew then.
    bridge.close();
    bridge = undefined;
    throw error;
  }
}

function unexpected(answer: BridgeAnswer): UnavailableError {
  const detail = answer.kind === 'fault' ? answer.message : `it answered '${answer.kind}'`;
  return new UnavailableError(`the thread that makes calls for a blocked one failed: ${detail}`);
}
