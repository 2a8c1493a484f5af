import { CR, SMALL, SP, TAB, asciiOf } from './characters.js';
import { malformed } from './http-fault.js';

const CHUNKED = asciiOf('chunked');
const NONE = -1;
const AFTER = CHUNKED.length + 1;

/**
 * Reads the value of `Transfer-Encoding` (RFC 9112 section 6.1): `chunked` in any letters, once, and nothing else. Other
 * codings are sent only to those who ask for them with `TE`, which we never do.
 */
export class TransferEncoding {
  // How many letters have been read; AFTER when a space came behind the last.
  #place = NONE;

  /** Makes ready for another answer. */
  begin(): void {
    this.#place = NONE;
  }

  /** Whether there was such a header. */
  get isChunked(): boolean {
    return this.#place !== NONE;
  }

  /** Takes the name of the header. Throws `HttpFault`. */
  beginValue(): void {
    if (this.#place !== NONE) throw malformed('more than one transfer-encoding');
    this.#place = 0;
  }

  /** Reads `bytes[from, to)`, at most to a carriage return; returns where it stopped. Throws `HttpFault`. */
  read(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    for (; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === CR) break;
      if (byte === SP || byte === TAB) {
        if (this.#place === CHUNKED.length) this.#place = AFTER;
        else if (this.#place > 0 && this.#place < AFTER) throw notChunked();
      } else {
        if (this.#place >= CHUNKED.length || (byte | SMALL) !== CHUNKED[this.#place]) {
          throw notChunked();
        }
        this.#place++;
      }
    }
    return at;
  }

  /** Takes the end of the value. Throws `HttpFault`. */
  endValue(): void {
    if (this.#place < CHUNKED.length) throw notChunked();
  }
}

function notChunked(): Error {
  return malformed('a transfer-encoding other than chunked');
}
