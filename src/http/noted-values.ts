import { type AnswerNotes, NO_NOTES } from './answer-notes.js';
import { FIELD } from './characters.js';
import {
  CONTENT_ENCODING,
  CONTENT_RANGE,
  DATE,
  ETAG,
  LAST_MODIFIED,
  LOCATION,
  type NotedHeader,
  REPR_DIGEST,
  RETRY_AFTER,
  SERVER_TIMING,
} from './header-names.js';

/** Keeps the values of the headers that are noted, as text. Nothing is allocated for an answer that has none. */
export class NotedValues {
  #header: NotedHeader = LOCATION;
  #text = '';
  #notes: AnswerNotes | undefined;

  /** Makes ready for another answer. */
  begin(): void {
    this.#notes = undefined;
  }

  /** What was noted; `undefined` when nothing was. */
  get notes(): AnswerNotes | undefined {
    return this.#notes;
  }

  /** Makes ready for a value of this header. */
  beginValue(header: NotedHeader): void {
    this.#header = header;
    this.#text = '';
  }

  /** Reads `bytes[from, to)`, at most to the first byte no value can hold; returns where it stopped. */
  read(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to && FIELD[bytes[at] ?? 0] === 1) at++;
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset + from, at - from);
    this.#text += piece.toString('latin1');
    return at;
  }

  /** Takes the end of the value. */
  endValue(): void {
    const notes = this.#notes ?? NO_NOTES;
    const name = NAMES[this.#header];
    const before = notes[name];
    const value = this.#text.trim();
    // A header that comes several times is a list (RFC 9110 section 5.3).
    this.#notes = { ...notes, [name]: before === undefined ? value : `${before}, ${value}` };
  }
}

const NAMES: Readonly<Record<NotedHeader, keyof AnswerNotes>> = {
  [LOCATION]: 'location',
  [RETRY_AFTER]: 'retryAfter',
  [SERVER_TIMING]: 'serverTiming',
  [ETAG]: 'etag',
  [LAST_MODIFIED]: 'lastModified',
  [DATE]: 'date',
  [CONTENT_RANGE]: 'contentRange',
  [CONTENT_ENCODING]: 'contentEncoding',
  [REPR_DIGEST]: 'reprDigest',
};
