import { CR, FIELD, LF, NINE, SP, ZERO, asciiOf, nameOfControl } from './characters.js';
import { malformed } from './http-fault.js';

const START = asciiOf('HTTP/1.');

// Places within the line: the bytes up to the status have fixed ones.
const MINOR = 7;
const SPACE = 8;
const STATUS = 9;
const AFTER_STATUS = 12;
const REASON = 13;
const LINE_FEED = 14;
const DONE = 15;

/**
 * Reads a status line (RFC 9112 section 4) in pieces of any length: `HTTP/1.0` or `HTTP/1.1`, a space, the status, and
 * a reason, which may be missing with its space as many servers leave it out, and which nobody reads.
 *
 * An empty line before it is malformed: RFC 9112 section 2.2 lets a server skip one, not a client.
 */
export class StatusLine {
  #place = 0;
  #minor = 0;
  #status = 0;

  /** Makes ready for another line. */
  begin(): void {
    this.#place = 0;
    this.#status = 0;
  }

  get isDone(): boolean {
    return this.#place === DONE;
  }

  /** The second digit of the version. */
  get minor(): number {
    return this.#minor;
  }

  /** 100 to 999, when the line is done. */
  get status(): number {
    return this.#status;
  }

  /** Reads `bytes[from, to)`, at most to the end of the line; returns where it stopped. Throws `HttpFault`. */
  read(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    let place = this.#place;
    for (; place < AFTER_STATUS && at < to; place++) this.#takeFixed(place, bytes[at++] ?? 0);
    if (place === AFTER_STATUS && at < to) {
      const byte = bytes[at++] ?? 0;
      if (byte === SP) place = REASON;
      else if (byte === CR) place = LINE_FEED;
      else throw malformed('a status line with more than three digits for the status');
    }
    if (place === REASON) {
      while (at < to && FIELD[bytes[at] ?? 0] === 1) at++;
      if (at < to) {
        const byte = bytes[at++] ?? 0;
        if (byte !== CR) throw malformed(`${nameOfControl(byte)} in the status line`);
        place = LINE_FEED;
      }
    }
    if (place === LINE_FEED && at < to) {
      if (bytes[at++] !== LF) throw malformed(`${nameOfControl(CR)} in the status line`);
      place = DONE;
    }
    this.#place = place;
    return at;
  }

  #takeFixed(place: number, byte: number): void {
    if (place < MINOR) {
      if (byte !== START[place]) throw malformed('something else than a status line of HTTP/1');
    } else if (place === MINOR) {
      if (byte !== ZERO && byte !== ZERO + 1) throw malformed('a version other than 1.0 and 1.1');
      this.#minor = byte - ZERO;
    } else if (place === SPACE) {
      if (byte !== SP) throw malformed('a status line without a space after the version');
    } else {
      // RFC 9110 section 15 knows 100 to 599 and asks clients to take others for a fault of the server; 600 to 999 are in use
      // and pass Node's parser, so they are left to the caller, for whom they are no success.
      if (byte < ZERO || byte > NINE || (place === STATUS && byte === ZERO)) {
        throw malformed('a status that is no number from 100 to 999');
      }
      this.#status = this.#status * 10 + byte - ZERO;
    }
  }
}
