import type { AnswerNotes } from './answer-notes.js';
import { ConnectionOptions } from './connection-options.js';
import { ContentLength } from './content-length.js';
import {
  CONNECTION,
  CONTENT_LENGTH,
  type Header,
  OTHER,
  type NotedHeader,
  TRANSFER_ENCODING,
} from './header-names.js';
import { malformed } from './http-fault.js';
import type { NotedHeaders } from './noted-headers.js';
import { NotedValues } from './noted-values.js';
import { TransferEncoding } from './transfer-encoding.js';

/** What the headers of an answer say about the length of its body and about the connection, and what is noted of them. */
export class Framing {
  readonly #contentLength = new ContentLength();
  readonly #transferEncoding = new TransferEncoding();
  readonly #connection = new ConnectionOptions();
  readonly #notedHeaders: NotedHeaders;
  readonly #noted = new NotedValues();
  #header: Header = OTHER;
  #inTrailers = false;

  /** With the headers that are noted. */
  constructor(notedHeaders: NotedHeaders) {
    this.#notedHeaders = notedHeaders;
  }

  /** Makes ready for the headers of another answer. */
  begin(): void {
    this.#inTrailers = false;
    this.#contentLength.begin();
    this.#transferEncoding.begin();
    this.#connection.begin();
    this.#noted.begin();
  }

  /** Makes ready for the trailers of the same answer, which say nothing about it any more. */
  beginTrailers(): void {
    this.#inTrailers = true;
  }

  /** Takes the name of a header; returns whether its value must be read. Throws `HttpFault`. */
  beginValue(header: Header): boolean {
    this.#header = header;
    if (header === OTHER) return false;
    if (this.#inTrailers) {
      // RFC 9110 section 6.5.1: framing may not be sent in a trailer.
      if (header === CONNECTION || isNoted(header)) return false;
      throw malformed('a trailer that says how long the body is');
    }
    if (header === CONTENT_LENGTH) this.#contentLength.beginValue();
    else if (header === TRANSFER_ENCODING) this.#transferEncoding.beginValue();
    else if (isNoted(header)) {
      if (!this.#notedHeaders.has(header)) return false;
      this.#noted.beginValue(header);
    }
    return true;
  }

  /** Reads a piece of the value; returns where it stopped, at the latest at the first byte no value can hold. */
  read(bytes: Uint8Array, from: number, to: number): number {
    if (this.#header === CONTENT_LENGTH) return this.#contentLength.read(bytes, from, to);
    if (this.#header === CONNECTION) return this.#connection.read(bytes, from, to);
    if (this.#header === TRANSFER_ENCODING) return this.#transferEncoding.read(bytes, from, to);
    return this.#noted.read(bytes, from, to);
  }

  /** Takes the end of the value. Throws `HttpFault`. */
  endValue(): void {
    if (this.#header === CONTENT_LENGTH) this.#contentLength.endValue();
    else if (this.#header === CONNECTION) this.#connection.endValue();
    else if (this.#header === TRANSFER_ENCODING) this.#transferEncoding.endValue();
    else this.#noted.endValue();
  }

  /** Checks the headers against each other when all have been read. Throws `HttpFault`. */
  check(minorVersion: number): void {
    if (!this.isChunked) return;
    // RFC 9112 section 6.3 allows to drop the length, and calls the answer a likely attempt at smuggling.
    if (this.contentLength >= 0) throw malformed('a content-length beside a transfer-encoding');
    // RFC 9112 section 6.1: the framing of such a message is to be treated as faulty.
    if (minorVersion === 0) throw malformed('a transfer-encoding in an answer of HTTP/1.0');
  }

  /** The announced length of the body in bytes, -1 where there is none. */
  get contentLength(): number {
    return this.#contentLength.value;
  }

  get isChunked(): boolean {
    return this.#transferEncoding.isChunked;
  }

  /** What is noted of the headers; `undefined` when none of them is. */
  get notes(): AnswerNotes | undefined {
    return this.#noted.notes;
  }

  /** Whether the server keeps the connection (RFC 9112 section 9.3). */
  keepsAlive(minorVersion: number): boolean {
    return !this.#connection.hasClose && (minorVersion === 1 || this.#connection.hasKeepAlive);
  }
}

function isNoted(header: Header): header is NotedHeader {
  return header > TRANSFER_ENCODING;
}
