import type { Bytes, Milliseconds } from '../core/units.js';
import type { AnswerHead, AnswerReceiver, Exchange, FileRequest } from './transport.js';

/** What carries an exchange: a connection that is busy with it. */
export interface Carrier {
  /** Lets more of the body come. */
  resume(): void;
  /** Gives the connection up. */
  drop(): void;
}

/** Up to here a body that nobody wants is read to its end, so that its connection can be used again. */
const MAX_UNWANTED: Bytes = 64 * 1024;
/** And for so long: some servers announce a body that never comes. */
const UNWANTED_MS: Milliseconds = 300;

/** An exchange under way: hands what comes of an answer over to its receiver, and settles once. */
export class OpenExchange implements Exchange {
  readonly ended: Promise<void>;
  readonly request: FileRequest;
  /** What carries it now; `undefined` before it has a connection. */
  carrier: Carrier | undefined;
  readonly #receiver: AnswerReceiver;
  readonly #resolve: () => void;
  readonly #reject: (reason: unknown) => void;
  #isOver = false;
  #isPaused = false;
  /** Runs while the rest of a body is read that nobody wants. */
  #patience: NodeJS.Timeout | undefined;

  constructor(request: FileRequest, receiver: AnswerReceiver) {
    this.request = request;
    this.#receiver = receiver;
    let resolve: () => void = () => {};
    let reject: (reason: unknown) => void = () => {};
    this.ended = new Promise((yes, no) => {
      resolve = yes;
      reject = no;
    });
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Whether it has ended, well or not. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether nothing of the body may come now. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /**
   * Hands the header over. A body that is not wanted is read to its end where it is short and comes soon, so that no more
   * connections are open than exchanges; otherwise it ends the exchange and its connection.
   */
  takeHead(head: AnswerHead): void {
    if (this.#isOver) return;
    try {
      if (this.#receiver.head(head) || this.#isOver) return;
    } catch (error) {
      this.fail(error);
      return;
    }
    if (!hasBody(this.request.method, head.status)) this.complete();
    else if ((head.contentLength ?? Infinity) > MAX_UNWANTED) this.#giveUpBody();
    else this.#patience = setTimeout(() => this.#giveUpBody(), UNWANTED_MS);
  }

  /** Hands `bytes[from, to)` of the body over, which is not paused by somebody else meanwhile. */
  takeBody(bytes: Uint8Array, from: number, to: number): void {
    if (this.#isOver || this.#patience !== undefined) return;
    try {
      if (!this.#receiver.body(bytes, from, to)) this.#isPaused = true;
    } catch (error) {
      this.fail(error);
    }
  }

  /** Takes the end of the answer. */
  complete(): void {
    this.#end();
    this.#resolve();
  }

  /**
   * Takes what ended it before its time; it gives its connection up. Nothing happens once it has ended, and a body that
   * nobody wants may be cut.
   */
  fail(reason: unknown): void {
    if (this.#patience === undefined) this.abort(reason);
    else this.#giveUpBody();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.carrier?.resume();
  }

  abort(reason: unknown): void {
    if (this.#isOver) return;
    this.#end();
    this.#reject(reason);
    this.carrier?.drop();
  }

  #giveUpBody(): void {
    this.complete();
    this.carrier?.drop();
  }

  #end(): void {
    this.#isOver = true;
    this.#isPaused = false;
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }
}

/** Whether an answer with this status to a request with this method has a body (RFC 9112 section 6.3, rule 1). */
export function hasBody(method: string, status: number): boolean {
  return method !== 'HEAD' && status !== 204 && status !== 304;
}
