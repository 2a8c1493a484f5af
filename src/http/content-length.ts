import { CR, NINE, SP, TAB, ZERO } from './characters.js';
import { malformed } from './http-fault.js';

const NONE = 0;
const BEFORE = 1;
const DIGITS = 2;
const AFTER = 3;

/**
 * Reads the value of `Content-Length` (RFC 9110 section 8.6): digits, at most 2^53 - 1, and only once. That section lets a
 * recipient take equal values for one; two values are what smuggling is made of, so they are malformed here.
 */
export class ContentLength {
  #place = NONE;
  #value = 0;

  /** Makes ready for another answer. */
  begin(): void {
    this.#place = NONE;
  }

  /** The length in bytes, -1 where there was no such header. */
  get value(): number {
    return this.#place === NONE ? -1 : this.#value;
  }

  /** Takes the name of the header. Throws `HttpFault`. */
  beginValue(): void {
    if (this.#place !== NONE) throw malformed('more than one content-length');
    this.#place = BEFORE;
    this.#value = 0;
  }

  /** Reads `bytes[from, to)`, at most to a carriage return; returns where it stopped. Throws `HttpFault`. */
  read(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    for (; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= ZERO && byte <= NINE && this.#place !== AFTER) {
        this.#place = DIGITS;
        this.#value = this.#value * 10 + byte - ZERO;
        if (this.#value > Number.MAX_SAFE_INTEGER)
          throw malformed('a content-length above 2^53 - 1');
      } else if (byte === SP || byte === TAB) {
        if (this.#place === DIGITS) this.#place = AFTER;
      } else if (byte === CR) {
        break;
      } else {
        throw malformed('a content-length that is not a single number');
      }
    }
    return at;
  }

  /** Takes the end of the value. Throws `HttpFault`. */
  endValue(): void {
    if (this.#place === BEFORE) throw malformed('a content-length without a number');
  }
}
