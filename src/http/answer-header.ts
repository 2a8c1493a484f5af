import type { Bytes } from '../core/units.js';
import type { AnswerNotes } from './answer-notes.js';
import { Framing } from './framing.js';
import { HeaderLines } from './header-lines.js';
import { HttpFault, malformed } from './http-fault.js';
import type { HeaderMeaning, KnownHeader } from './known-header.js';
import type { NotedHeaders } from './noted-headers.js';
import { StatusLine } from './status-line.js';

// Each is a message of its own with a header limit of its own, so without an end their number would have none.
const MAX_INTERIM_ANSWERS = 16;

/**
 * Reads the header of a final answer, interim answers before it included, and later its trailers, in pieces of any length.
 * While an answer is read it is that header's meaning, too.
 */
export class AnswerHeader implements HeaderMeaning {
  readonly #maxBytes: Bytes;
  readonly #known: KnownHeader;
  readonly #statusLine = new StatusLine();
  readonly #framing: Framing;
  readonly #lines: HeaderLines;
  #bytesLeft: Bytes = 0;
  #interimAnswers = 0;
  #isDone = false;
  #status = 0;
  #contentLength = -1;
  #isChunked = false;
  #keepsAlive = false;
  #notes: AnswerNotes | undefined;

  /** With the most bytes that a header and its trailers may have together, and the headers that are noted. */
  constructor(maxBytes: Bytes, noted: NotedHeaders) {
    this.#maxBytes = maxBytes;
    this.#known = noted.known;
    this.#framing = new Framing(noted);
    this.#lines = new HeaderLines(this.#framing);
  }

  /** Makes ready for another answer. */
  begin(): void {
    this.#interimAnswers = 0;
    this.#status = 0;
    this.#contentLength = -1;
    this.#notes = undefined;
    this.#beginMessage();
  }

  /** Makes ready for the trailers, which share the limit and say nothing about the answer any more. */
  beginTrailers(): void {
    this.#isDone = false;
    this.#lines.begin();
    this.#framing.beginTrailers();
  }

  /** Whether the header of the final answer, or then its trailers, have been read. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** The status of the final answer; 0 until its status line was read. */
  get status(): number {
    return this.#status;
  }

  get contentLength(): number {
    return this.#contentLength;
  }

  get isChunked(): boolean {
    return this.#isChunked;
  }

  get keepsAlive(): boolean {
    return this.#keepsAlive;
  }

  get notes(): AnswerNotes | undefined {
    return this.#notes;
  }

  /** Reads `bytes[from, to)`, at most to the end of the header; returns where it stopped. Throws `HttpFault`. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const known = this.#known;
    const isWhole = from === 0 && this.#bytesLeft === this.#maxBytes;
    if (isWhole && known.length > 0 && known.length <= this.#maxBytes) {
      const meaning = known.find(bytes, to);
      if (meaning !== undefined) return this.#take(meaning, known.length);
    }
    const at = this.#readMessage(bytes, from, to);
    if (isWhole && this.#isDone) known.remember(bytes, at, this);
    return at;
  }

  /** Reads `bytes[from, to)` of the trailers, at most to their end; returns where it stopped. Throws `HttpFault`. */
  readTrailers(bytes: Uint8Array, from: number, to: number): number {
    const stop = Math.min(to, from + this.#bytesLeft);
    const at = this.#lines.read(bytes, from, stop);
    this.#bytesLeft -= at - from;
    this.#isDone = this.#lines.isDone;
    if (!this.#isDone && stop < to) throw this.#tooLarge();
    return at;
  }

  #readMessage(bytes: Uint8Array, from: number, to: number): number {
    const stop = Math.min(to, from + this.#bytesLeft);
    let at = from;
    if (!this.#statusLine.isDone) {
      at = this.#statusLine.read(bytes, at, stop);
      if (this.#statusLine.isDone) this.#endStatusLine();
    }
    if (this.#statusLine.isDone) at = this.#lines.read(bytes, at, stop);
    this.#bytesLeft -= at - from;
    if (this.#lines.isDone) this.#endLines();
    else if (stop < to) throw this.#tooLarge();
    return at;
  }

  #endStatusLine(): void {
    const { status } = this.#statusLine;
    // RFC 9110 section 15.2.2: it answers a request for another protocol, which was not made.
    if (status === 101) throw malformed('a change of protocol that was not asked for');
    if (status >= 200) this.#status = status;
  }

  #endLines(): void {
    const { minor } = this.#statusLine;
    this.#framing.check(minor);
    if (this.#statusLine.status < 200) {
      // RFC 9110 section 15.2: any number of 1xx may come before the final answer, asked for or not.
      if (++this.#interimAnswers > MAX_INTERIM_ANSWERS) {
        const message = `more than ${MAX_INTERIM_ANSWERS} interim answers before the final one`;
        throw new HttpFault('HEADERS_TOO_LARGE', message);
      }
      this.#beginMessage();
      return;
    }
    this.#isDone = true;
    this.#contentLength = this.#framing.contentLength;
    this.#isChunked = this.#framing.isChunked;
    this.#keepsAlive = this.#framing.keepsAlive(minor);
    this.#notes = this.#framing.notes;
  }

  #take(meaning: HeaderMeaning, length: Bytes): number {
    this.#isDone = true;
    this.#bytesLeft -= length;
    this.#status = meaning.status;
    this.#contentLength = meaning.contentLength;
    this.#isChunked = meaning.isChunked;
    this.#keepsAlive = meaning.keepsAlive;
    this.#notes = meaning.notes;
    return length;
  }

  #beginMessage(): void {
    this.#isDone = false;
    this.#bytesLeft = this.#maxBytes;
    this.#statusLine.begin();
    this.#lines.begin();
    this.#framing.begin();
  }

  #tooLarge(): HttpFault {
    return new HttpFault('HEADERS_TOO_LARGE', `a header of more than ${this.#maxBytes} bytes`);
  }
}
