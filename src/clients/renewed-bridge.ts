import { UnavailableError } from '../core/errors.js';
import type { Milliseconds } from '../core/units.js';
import { BlockingBridge } from './blocking-bridge.js';
import type { BridgeAnswer, BridgeQuestion } from './bridge-protocol.js';

// The other thread keeps the deadline of what it does; this much later it is taken for dead.
const MARGIN_MS: Milliseconds = 5000;

/** A `BlockingBridge` that is built with the first question, and anew after its thread was lost. */
export class RenewedBridge<Asked, Told> {
  readonly #thread: URL;
  readonly #data: unknown;
  #bridge: BlockingBridge<Asked, Told> | undefined;

  /** Of a thread whose code is the file `thread`, started with `data`. */
  constructor(thread: URL, data?: unknown) {
    this.#thread = thread;
    this.#data = data;
  }

  /**
   * Blocks this thread until the other one, which has `limitMs` for it, has answered.
   *
   * @throws {UnavailableError} when it does not, or does not start.
   */
  ask(question: BridgeQuestion<Asked>, limitMs: Milliseconds = 0): BridgeAnswer<Told> {
    return this.#use((bridge) => bridge.ask(question, limitMs + MARGIN_MS));
  }

  /** How long it takes to hand a question to the other thread and get its answer, `times` times. */
  timeEcho(times: number): Milliseconds[] {
    return this.#use((bridge) => bridge.timeEcho(times, MARGIN_MS));
  }

  #use<Result>(work: (bridge: BlockingBridge<Asked, Told>) => Result): Result {
    this.#bridge ??= new BlockingBridge<Asked, Told>(this.#thread, this.#data);
    try {
      return work(this.#bridge);
    } catch (error) {
      this.#bridge.close();
      this.#bridge = undefined;
      throw error;
    }
  }
}

/** The error for an answer that is none to the question. */
export function unexpectedAnswer(
  answer: { readonly kind: 'fault'; readonly message: string } | { readonly kind: string },
): UnavailableError {
  const detail = 'message' in answer ? answer.message : `it answered '${answer.kind}'`;
  return new UnavailableError(`the thread that works for a blocked one failed: ${detail}`);
}
