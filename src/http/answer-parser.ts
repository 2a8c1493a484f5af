import type { Bytes } from '../core/units.js';
import type { AnswerNotes } from './answer-notes.js';
import { AnswerHeader } from './answer-header.js';
import { BodyBytes, type BodyTaker } from './body-bytes.js';
import { ChunkedBody } from './chunked-body.js';
import { HttpFault } from './http-fault.js';
import { NOTED_OF_CALLS, type NotedHeaders } from './noted-headers.js';

/** How large an answer may be. */
export interface AnswerLimits {
  /**
   * For the status line, all header lines and the trailers of one message together, with their line ends. As much again is
   * allowed for the extensions of all chunks.
   */
  readonly maxHeaderBytes: Bytes;
  readonly maxBodyBytes: Bytes;
}

/** The usual limit for the header of an answer. */
export const DEFAULT_MAX_HEADER_BYTES: Bytes = 64 * 1024;

/** Takes an answer as it comes. What its functions throw goes to whoever feeds the parser. */
export interface AnswerTaker extends BodyTaker {
  /** Takes notice that the header of the final answer has been read, before any byte of the body. */
  header(): void;
}

const HEADER = 1;
const COUNTED_BODY = 2;
const CHUNKED_BODY = 3;
const TRAILERS = 4;
const ENDLESS_BODY = 5;
const COMPLETE = 6;

/**
 * Reads the answers of HTTP/1.1 (RFC 9112), one after another, from pieces of any length: how an answer is split makes no
 * difference. It is made once a connection and allocates nothing for an answer but its body.
 *
 * ```ts
 * const parser = new AnswerParser({ maxHeaderBytes: 65_536, maxBodyBytes: 1_000_000 });
 * parser.begin('GET', true);
 * const bytes = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi');
 * parser.feed(bytes, bytes.length); // 40
 * parser.body().toString(); // 'hi'
 * ```
 */
export class AnswerParser {
  readonly #header: AnswerHeader;
  readonly #body: BodyBytes;
  readonly #chunkedBody: ChunkedBody;
  #taker: AnswerTaker | undefined;
  #phase = HEADER;
  #isHead = false;
  #hasBegun = false;
  #keepsAlive = false;
  // What must still come of a body with a length.
  #bodyBytesLeft: Bytes = 0;

  constructor(limits: AnswerLimits, noted: NotedHeaders = NOTED_OF_CALLS) {
    this.#header = new AnswerHeader(limits.maxHeaderBytes, noted);
    this.#body = new BodyBytes(limits.maxBodyBytes);
    this.#chunkedBody = new ChunkedBody(this.#body, limits.maxHeaderBytes);
  }

  /**
   * Makes ready for the answer to a request with this method (in capitals; the answer to HEAD has no body, and CONNECT is not
   * supported). With `use` true the bytes of the body are kept, with false they are counted and dropped; a taker gets them.
   */
  begin(method: string, use: boolean | AnswerTaker): void {
    this.#taker = typeof use === 'object' ? use : undefined;
    this.#isHead = method === 'HEAD';
    this.#hasBegun = false;
    this.#keepsAlive = false;
    this.#body.begin(use);
    this.#header.begin();
    this.#phase = HEADER;
  }

  /** Whether the answer has come to its end. */
  get isComplete(): boolean {
    return this.#phase === COMPLETE;
  }

  /** Whether any byte of the answer has come. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** The status of the final answer, 200 to 999; 0 before its status line has come. */
  get status(): number {
    return this.#header.status;
  }

  /** Whether the connection can be used again, when the answer is complete. */
  get keepsAlive(): boolean {
    return this.#keepsAlive;
  }

  /** The length of the body by the header, in bytes; -1 where it does not say, or before it has been read. */
  get contentLength(): number {
    return this.#header.contentLength;
  }

  /** Whether only the end of the connection ends the body. */
  get endsWithConnection(): boolean {
    return this.#phase === ENDLESS_BODY;
  }

  /** What the header says beside the status, when it has been read; `undefined` when that is nothing. */
  get notes(): AnswerNotes | undefined {
    return this.#header.notes;
  }

  /** How many bytes of the body have come, kept or not. */
  get bodyBytes(): Bytes {
    return this.#body.count;
  }

  /** The bytes of the body that were kept, whole when the answer is complete. They are the caller's. */
  body(): Buffer {
    return this.#body.whole();
  }

  /**
   * Takes `bytes[0, length)`; none of it is kept after the call. Returns how many bytes belong to the answer: fewer than
   * `length` when it is complete and bytes are left over that nobody asked for.
   *
   * @throws {HttpFault} when the answer is malformed or too large; the parser is of use again after `begin`.
   */
  feed(bytes: Uint8Array, length: number): number {
    let at = 0;
    while (at < length && this.#phase !== COMPLETE) {
      this.#hasBegun = true;
      at = this.#read(bytes, at, length);
    }
    return at;
  }

  /**
   * Takes the end of the connection, which completes a body without a length (RFC 9112 section 6.3, rule 8).
   *
   * @throws {HttpFault} `CLOSED` when the answer is not complete.
   */
  end(): void {
    if (this.#phase === ENDLESS_BODY) this.#phase = COMPLETE;
    if (this.#phase === COMPLETE) return;
    const where = this.#phase === HEADER ? 'header' : 'body';
    throw new HttpFault(
      'CLOSED',
      this.#hasBegun
        ? `the end of the connection within the ${where} of the answer`
        : 'the end of the connection before the answer',
    );
  }

  #read(bytes: Uint8Array, from: number, to: number): number {
    switch (this.#phase) {
      case HEADER:
        return this.#readHeader(bytes, from, to);
      case COUNTED_BODY:
        return this.#readCounted(bytes, from, to);
      case CHUNKED_BODY:
        return this.#readChunked(bytes, from, to);
      case TRAILERS:
        return this.#readTrailers(bytes, from, to);
      default:
        this.#body.take(bytes, from, to);
        return to;
    }
  }

  // RFC 9112 section 6.3 in its order.
  #readHeader(bytes: Uint8Array, from: number, to: number): number {
    const header = this.#header;
    const at = header.read(bytes, from, to);
    if (!header.isDone) return at;
    this.#keepsAlive = header.keepsAlive;
    // Rule 1, "regardless of the header fields present": a Transfer-Encoding in a 204, which section 6.1 forbids a server to
    // send, is checked like any other and then has no meaning.
    if (this.#isHead || header.status === 204 || header.status === 304) {
      this.#phase = COMPLETE;
    } else if (header.isChunked) {
      this.#chunkedBody.begin();
      this.#phase = CHUNKED_BODY;
    } else if (header.contentLength >= 0) {
      this.#body.announce(header.contentLength);
      this.#bodyBytesLeft = header.contentLength;
      this.#phase = this.#bodyBytesLeft === 0 ? COMPLETE : COUNTED_BODY;
    } else {
      this.#keepsAlive = false;
      this.#phase = ENDLESS_BODY;
    }
    this.#taker?.header();
    return at;
  }

  #readCounted(bytes: Uint8Array, from: number, to: number): number {
    const end = Math.min(to, from + this.#bodyBytesLeft);
    this.#body.take(bytes, from, end);
    this.#bodyBytesLeft -= end - from;
    if (this.#bodyBytesLeft === 0) this.#phase = COMPLETE;
    return end;
  }

  #readChunked(bytes: Uint8Array, from: number, to: number): number {
    const at = this.#chunkedBody.read(bytes, from, to);
    if (this.#chunkedBody.isDone) {
      this.#header.beginTrailers();
      this.#phase = TRAILERS;
    }
    return at;
  }

  #readTrailers(bytes: Uint8Array, from: number, to: number): number {
    const at = this.#header.readTrailers(bytes, from, to);
    if (this.#header.isDone) this.#phase = COMPLETE;
    return at;
  }
}
