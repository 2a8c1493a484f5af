import { COLON, CR, FIELD, LF, SP, TAB, TOKEN, nameOfControl } from './characters.js';
import type { Framing } from './framing.js';
import { LONGEST_NAME, headerNamed } from './header-names.js';
import { malformed } from './http-fault.js';

const LINE_START = 0;
const NAME = 1;
const VALUE = 2;
const LINE_FEED = 3;
const LAST_LINE_FEED = 4;
const DONE = 5;

/**
 * Reads header lines (RFC 9112 section 5) or trailer lines (section 7.1.2) up to the empty line after them, in pieces of any
 * length. Of a line that goes on in the next piece nothing is kept but the beginning of its name.
 */
export class HeaderLines {
  readonly #framing: Framing;
  readonly #name = new Uint8Array(LONGEST_NAME);
  #nameLength = 0;
  #matters = false;
  #place = LINE_START;

  /** Tells `framing` the values of the headers that matter. */
  constructor(framing: Framing) {
    this.#framing = framing;
  }

  /** Makes ready for other lines. */
  begin(): void {
    this.#place = LINE_START;
    this.#nameLength = 0;
  }

  get isDone(): boolean {
    return this.#place === DONE;
  }

  /** Reads `bytes[from, to)`, at most to the end of the empty line; returns where it stopped. Throws `HttpFault`. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const token = TOKEN;
    const field = FIELD;
    let at = from;
    let place = this.#place;
    while (at < to) {
      if (place === LINE_START) {
        place = NAME;
        if (bytes[at] === CR) {
          at++;
          place = LAST_LINE_FEED;
        }
      }
      if (place === NAME) {
        const start = at;
        while (at < to && token[bytes[at] ?? 0] === 1) at++;
        if (at === to) {
          this.#keepName(bytes, start, at);
          break;
        }
        this.#endName(bytes, start, at);
        at++;
        place = VALUE;
      }
      if (place === VALUE) {
        if (this.#matters) at = this.#framing.read(bytes, at, to);
        else while (at < to && field[bytes[at] ?? 0] === 1) at++;
        if (at === to) break;
        const byte = bytes[at++] ?? 0;
        if (byte !== CR) throw malformed(`${nameOfControl(byte)} in a header value`);
        place = LINE_FEED;
      }
      if (at === to) break;
      if (bytes[at++] !== LF) throw malformed(`${nameOfControl(CR)} in a header line`);
      if (place === LAST_LINE_FEED) {
        place = DONE;
        break;
      }
      if (this.#matters) this.#framing.endValue();
      place = LINE_START;
    }
    this.#place = place;
    return at;
  }

  #endName(bytes: Uint8Array, from: number, to: number): void {
    const carried = this.#nameLength;
    if (bytes[to] !== COLON) throw nameFault(bytes[to] ?? 0, carried + to - from);
    if (carried === 0) {
      if (to === from) throw malformed('a header line without a name');
      this.#matters = this.#framing.beginValue(headerNamed(bytes, from, to - from));
      return;
    }
    this.#keepName(bytes, from, to);
    this.#matters = this.#framing.beginValue(headerNamed(this.#name, 0, this.#nameLength));
    this.#nameLength = 0;
  }

  // A name that is longer than all that matter is told by its length.
  #keepName(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; at++, this.#nameLength++) {
      if (this.#nameLength < LONGEST_NAME) this.#name[this.#nameLength] = bytes[at] ?? 0;
    }
  }
}

function nameFault(byte: number, nameLength: number): Error {
  if (byte === SP || byte === TAB) {
    // RFC 9112 section 5.1 and section 5.2: both have been read in two ways by two recipients.
    if (nameLength > 0) return malformed('a space between the name of a header and its colon');
    return malformed('a header line that begins with a space');
  }
  if (byte === CR) return malformed('a header line without a colon');
  if (byte === LF) return malformed(`${nameOfControl(LF)} in a header line`);
  return malformed('a header name with a character that may not stand in it');
}
