import type { Bytes } from '../core/units.js';
import { HttpFault } from './http-fault.js';

// What is set aside at most for bytes that have been announced and did not come yet: whoever announces much must send much
// before we hold as much.
const MAX_AHEAD: Bytes = 64 * 1024;
// Up to here a loop copies faster than a view of the piece is made.
const SHORT: Bytes = 64;
const NOTHING = Buffer.alloc(0);

/** Takes the bytes of a body as they come. */
export interface BodyTaker {
  /** Takes `bytes[from, to)`, which are gone when it returns. What it throws goes to whoever feeds the parser. */
  body(bytes: Uint8Array, from: number, to: number): void;
}

/** Counts the bytes of a body against the limit, and keeps them or hands them over where that is wanted. */
export class BodyBytes {
  readonly #max: Bytes;
  #keeps = false;
  #taker: BodyTaker | undefined;
  #kept: Buffer = NOTHING;
  #count: Bytes = 0;
  #announced: Bytes = 0;

  constructor(max: Bytes) {
    this.#max = max;
  }

  /** Makes ready for another body, which is kept (`true`), only counted (`false`) or handed over. */
  begin(use: boolean | BodyTaker): void {
    this.#keeps = use === true;
    this.#taker = typeof use === 'object' ? use : undefined;
    this.#kept = NOTHING;
    this.#count = 0;
    this.#announced = 0;
  }

  /** Takes the announcement of so many more bytes. Throws `HttpFault` when they would be too many. */
  announce(length: Bytes): void {
    this.#announced = this.#count + length;
    if (this.#announced > this.#max) throw this.#tooLarge();
  }

  /** Takes the bytes `bytes[from, to)`. Throws `HttpFault` when they are too many. */
  take(bytes: Uint8Array, from: number, to: number): void {
    const count = this.#count + to - from;
    if (count > this.#max) throw this.#tooLarge();
    if (this.#keeps) {
      if (count > this.#kept.length) this.#grow(count);
      const kept = this.#kept;
      if (to - from > SHORT) kept.set(bytes.subarray(from, to), this.#count);
      else for (let at = from, end = this.#count; at < to; at++, end++) kept[end] = bytes[at] ?? 0;
    }
    this.#count = count;
    this.#taker?.body(bytes, from, to);
  }

  /** How many bytes came, kept or not. */
  get count(): Bytes {
    return this.#count;
  }

  /** The bytes that were kept. */
  whole(): Buffer {
    if (!this.#keeps || this.#kept.length === this.#count) return this.#kept;
    return this.#kept.subarray(0, this.#count);
  }

  #grow(count: Bytes): void {
    const ahead = Math.min(this.#announced, count + MAX_AHEAD);
    const larger = Buffer.allocUnsafe(Math.max(count, ahead, 2 * this.#kept.length));
    if (this.#count > 0) larger.set(this.#kept);
    this.#kept = larger;
  }

  #tooLarge(): HttpFault {
    return new HttpFault('BODY_TOO_LARGE', `a body of more than ${this.#max} bytes`);
  }
}
