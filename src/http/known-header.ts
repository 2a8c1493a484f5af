import type { Bytes } from '../core/units.js';
import type { AnswerNotes } from './answer-notes.js';

/** What the header of an answer says: all that is needed to read its body, and what is noted beside it. */
export interface HeaderMeaning {
  readonly status: number;
  /** The announced length of the body in bytes, -1 where there is none. */
  readonly contentLength: number;
  readonly isChunked: boolean;
  /** Whether the server keeps the connection (RFC 9112 section 9.3), as far as version and headers tell. */
  readonly keepsAlive: boolean;
  readonly notes: AnswerNotes | undefined;
}

const MAX_LENGTH: Bytes = 2048;
// Headers that differ from answer to answer are not worth remembering; this bounds what trying costs.
const MISSES_BEFORE_NEXT = 16;
const NOTHING = new Int32Array(0);

/**
 * Remembers one header that was read, byte for byte, with what it meant. Answers to the same request have the same header
 * until the next second, when their `Date` changes; comparing four bytes at a time takes a fifth of the time of reading
 * them. The meaning of a header depends on its bytes alone, so nothing is taken on trust.
 */
export class KnownHeader {
  readonly #words = new Int32Array(MAX_LENGTH / 4);
  readonly #bytes = new Uint8Array(this.#words.buffer);
  #length: Bytes = 0;
  #meaning: HeaderMeaning | undefined;
  #misses = MISSES_BEFORE_NEXT;
  // The last piece that was compared, in words: pieces come in one buffer over and over.
  #piece: Uint8Array = this.#bytes;
  #pieceWords: Int32Array = NOTHING;

  /** The length of the remembered header, 0 where there is none. */
  get length(): Bytes {
    return this.#length;
  }

  /** What the remembered header means, when `bytes[0, to)` begins with it. */
  find(bytes: Uint8Array, to: number): HeaderMeaning | undefined {
    if (to >= this.#length && this.#isAtStartOf(bytes)) return this.#meaning;
    this.#misses++;
    return undefined;
  }

  /** Remembers the header `bytes[0, length)` instead, unless another was remembered just before. */
  remember(bytes: Uint8Array, length: number, meaning: HeaderMeaning): void {
    if (this.#misses < MISSES_BEFORE_NEXT || length > MAX_LENGTH) return;
    this.#bytes.set(bytes.subarray(0, length));
    this.#length = length;
    const { status, contentLength, isChunked, keepsAlive, notes } = meaning;
    this.#meaning = { status, contentLength, isChunked, keepsAlive, notes };
    this.#misses = 0;
  }

  #isAtStartOf(bytes: Uint8Array): boolean {
    if (bytes !== this.#piece) this.#view(bytes);
    const [ours, theirs] = [this.#words, this.#pieceWords];
    const whole = Math.min(this.#length >> 2, theirs.length);
    let word = 0;
    for (; word + 4 <= whole; word += 4) {
      const difference =
        ((ours[word] ?? 0) ^ (theirs[word] ?? 0)) |
        ((ours[word + 1] ?? 0) ^ (theirs[word + 1] ?? 0)) |
        ((ours[word + 2] ?? 0) ^ (theirs[word + 2] ?? 0)) |
        ((ours[word + 3] ?? 0) ^ (theirs[word + 3] ?? 0));
      if (difference !== 0) return false;
    }
    for (let at = word << 2; at < this.#length; at++) {
      if (this.#bytes[at] !== bytes[at]) return false;
    }
    return true;
  }

  // A piece that does not begin at a multiple of four has no words; its bytes are compared one by one.
  #view(bytes: Uint8Array): void {
    this.#piece = bytes;
    this.#pieceWords =
      bytes.byteOffset % 4 === 0
        ? new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
        : NOTHING;
  }
}
