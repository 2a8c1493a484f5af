import { COMMA, FIELD, SMALL, SP, TAB, asciiOf } from './characters.js';

const CLOSE = asciiOf('close');
const KEEP_ALIVE = asciiOf('keep-alive');
const UNKNOWN = new Uint8Array(0);

/**
 * Reads the values of all `Connection` headers of an answer: a list of options in any letters (RFC 9110 section 7.6.1), of
 * which `close` and `keep-alive` matter. A member that is no proper option is unknown like others.
 */
export class ConnectionOptions {
  #hasClose = false;
  #hasKeepAlive = false;
  // What the member that is being read may be, and how many of its letters have been read.
  #option: Uint8Array = UNKNOWN;
  #length = 0;
  #isAfterSpace = false;

  /** Makes ready for another answer. */
  begin(): void {
    this.#hasClose = false;
    this.#hasKeepAlive = false;
    this.#length = 0;
    this.#isAfterSpace = false;
  }

  get hasClose(): boolean {
    return this.#hasClose;
  }

  get hasKeepAlive(): boolean {
    return this.#hasKeepAlive;
  }

  /** Reads `bytes[from, to)`, at most to the first byte no value can hold; returns where it stopped. */
  read(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    for (; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (FIELD[byte] === 0) break;
      if (byte === COMMA) this.endValue();
      else if (byte === SP || byte === TAB) this.#isAfterSpace = this.#length > 0;
      else this.#takeLetter(byte | SMALL);
    }
    return at;
  }

  /** Takes the end of a member, at the latest that of the value. */
  endValue(): void {
    if (this.#length > 0 && this.#length === this.#option.length) {
      if (this.#option === CLOSE) this.#hasClose = true;
      else this.#hasKeepAlive = true;
    }
    this.#length = 0;
    this.#isAfterSpace = false;
  }

  #takeLetter(letter: number): void {
    if (this.#length === 0) {
      if (letter === CLOSE[0]) this.#option = CLOSE;
      else if (letter === KEEP_ALIVE[0]) this.#option = KEEP_ALIVE;
      else this.#option = UNKNOWN;
    } else if (this.#isAfterSpace || letter !== this.#option[this.#length]) {
      this.#option = UNKNOWN;
    }
    this.#length++;
  }
}
