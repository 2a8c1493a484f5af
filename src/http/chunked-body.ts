import type { Bytes } from '../core/units.js';
import type { BodyBytes } from './body-bytes.js';
import { CR, FIELD, LF, NINE, SEMICOLON, SMALL, ZERO, nameOfControl } from './characters.js';
import { HttpFault, malformed } from './http-fault.js';

const SIZE = 0;
const EXTENSION = 1;
const SIZE_LINE_FEED = 2;
const DATA = 3;
const DATA_RETURN = 4;
const DATA_LINE_FEED = 5;
const DONE = 6;

// As many as 64 bits have. Leading zeros are allowed, but not without end.
const MAX_DIGITS = 16;
const SMALL_A = 0x61;
const SMALL_F = 0x66;

/**
 * Reads a chunked body (RFC 9112 section 7.1) up to the last chunk, after which the trailers come, in pieces of any length.
 * Extensions of chunks are skipped; all of a body together are as long as the limit says at most.
 */
export class ChunkedBody {
  readonly #body: BodyBytes;
  readonly #maxExtensionBytes: Bytes;
  #place = SIZE;
  #digits = 0;
  // What is missing of the chunk.
  #size: Bytes = 0;
  #extensionBytes: Bytes = 0;

  /** Hands the data of the chunks to `body`. */
  constructor(body: BodyBytes, maxExtensionBytes: Bytes) {
    this.#body = body;
    this.#maxExtensionBytes = maxExtensionBytes;
  }

  /** Makes ready for another body. */
  begin(): void {
    this.#place = SIZE;
    this.#digits = 0;
    this.#size = 0;
    this.#extensionBytes = 0;
  }

  get isDone(): boolean {
    return this.#place === DONE;
  }

  /** Reads `bytes[from, to)`, at most to the end of the last chunk; returns where it stopped. Throws `HttpFault`. */
  read(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to && this.#place !== DONE) {
      if (this.#place === DATA) at = this.#readData(bytes, at, to);
      else if (this.#place === EXTENSION) at = this.#readExtension(bytes, at, to);
      else this.#takeFraming(bytes[at++] ?? 0);
    }
    return at;
  }

  #readData(bytes: Uint8Array, from: number, to: number): number {
    const end = Math.min(to, from + this.#size);
    this.#body.take(bytes, from, end);
    this.#size -= end - from;
    if (this.#size === 0) this.#place = DATA_RETURN;
    return end;
  }

  #readExtension(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to && FIELD[bytes[at] ?? 0] === 1) at++;
    this.#extensionBytes += at - from;
    if (this.#extensionBytes > this.#maxExtensionBytes) {
      throw new HttpFault(
        'HEADERS_TOO_LARGE',
        `chunk extensions of more than ${this.#maxExtensionBytes} bytes`,
      );
    }
    if (at === to) return at;
    this.#endSize(bytes[at] ?? 0);
    return at + 1;
  }

  #takeFraming(byte: number): void {
    if (this.#place === SIZE) this.#takeSize(byte);
    else if (this.#place === SIZE_LINE_FEED) this.#startData(byte);
    else if (this.#place === DATA_RETURN) {
      if (byte !== CR) throw malformed('a chunk that is longer than its size');
      this.#place = DATA_LINE_FEED;
    } else {
      if (byte !== LF) throw malformed(`${nameOfControl(CR)} after a chunk`);
      this.#place = SIZE;
      this.#digits = 0;
    }
  }

  #takeSize(byte: number): void {
    const digit = hexDigit(byte);
    if (digit >= 0) {
      if (++this.#digits > MAX_DIGITS) throw malformed('a chunk size of more than 16 digits');
      this.#size = this.#size * 16 + digit;
    } else if (this.#digits === 0) {
      throw malformed('a chunk without a size');
    } else if (byte === SEMICOLON) {
      this.#place = EXTENSION;
    } else {
      this.#endSize(byte);
    }
  }

  #endSize(byte: number): void {
    if (byte !== CR) throw malformed('a chunk size with a character that may not stand in it');
    this.#place = SIZE_LINE_FEED;
  }

  #startData(byte: number): void {
    if (byte !== LF) throw malformed(`${nameOfControl(CR)} after a chunk size`);
    if (this.#size > Number.MAX_SAFE_INTEGER) throw malformed('a chunk size above 2^53 - 1');
    this.#body.announce(this.#size);
    this.#place = this.#size === 0 ? DONE : DATA;
  }
}

function hexDigit(byte: number): number {
  if (byte >= ZERO && byte <= NINE) return byte - ZERO;
  const letter = byte | SMALL;
  return letter >= SMALL_A && letter <= SMALL_F ? letter - SMALL_A + 10 : -1;
}
