import type {
  AnswerHead,
  AnswerReceiver,
  Exchange,
  FileRequest,
  Transport,
} from '../../src/download/transport.js';

/** What a receiver does with what it is given; takes all of it unless told. */
export interface Manner {
  readonly method?: FileRequest['method'];
  readonly headers?: Readonly<Record<string, string>>;
  readonly onHead?: (head: AnswerHead) => boolean;
  /** After the bytes were noted; returns whether more may come. */
  readonly onBody?: (answer: ReceivedAnswer) => boolean;
}

/** An answer while it is received: copies of everything that was handed over. */
export class ReceivedAnswer implements AnswerReceiver {
  readonly exchange: Exchange;
  readonly heads: AnswerHead[] = [];
  readonly #pieces: Buffer[] = [];
  readonly #manner: Manner;
  readonly #awaited: (() => void)[] = [];
  length = 0;

  constructor(transport: Transport, url: string, manner: Manner = {}) {
    this.#manner = manner;
    const { method = 'GET', headers = {} } = manner;
    this.exchange = transport.send({ method, url: new URL(url), headers }, this);
    // Some tests look at the end late.
    this.exchange.ended.catch(() => {});
  }

  head(head: AnswerHead): boolean {
    this.heads.push(head);
    return this.#manner.onHead?.(head) ?? true;
  }

  body(bytes: Uint8Array, from: number, to: number): boolean {
    this.#pieces.push(Buffer.from(bytes.subarray(from, to)));
    this.length += to - from;
    for (const wake of this.#awaited.splice(0)) wake();
    return this.#manner.onBody?.(this) ?? true;
  }

  /** Resolves at the next piece of the body. */
  nextPiece(): Promise<void> {
    return new Promise((resolve) => this.#awaited.push(resolve));
  }

  get text(): string {
    return Buffer.concat(this.#pieces).toString('latin1');
  }

  /** The text of the whole body when the answer is complete. */
  async whole(): Promise<string> {
    await this.exchange.ended;
    return this.text;
  }
}
