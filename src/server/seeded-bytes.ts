import { createCipheriv, createHash } from 'node:crypto';
import type { Bytes } from '../core/units.js';

const BLOCK: Bytes = 16;
const MOST_AT_ONCE: Bytes = 65_536;
const BYTES_A_FRACTION: Bytes = 6;
const FRACTIONS_AT_ONCE = 512;

/**
 * An endless stream of bytes that looks random and is the same for the same seed and name: the key stream of AES-128 in
 * counter mode (NIST SP 800-38A, section 6.5). Block i is the encrypted counter i, so that reading can begin anywhere.
 */
export class SeededBytes {
  readonly #key: Buffer;

  constructor(seed: number, name: string) {
    this.#key = createHash('sha256').update(`lwasync ${seed} ${name}`).digest().subarray(0, BLOCK);
  }

  /** The bytes from `start` up to `end` (exclusive), made piece by piece with at most 65,536 bytes in each. */
  *pieces(start: Bytes, end: Bytes, most: Bytes = MOST_AT_ONCE): Generator<Buffer, void> {
    const counter = Buffer.alloc(BLOCK);
    counter.writeBigUInt64BE(BigInt(Math.floor(start / BLOCK)), 8);
    const cipher = createCipheriv('aes-128-ctr', this.#key, counter);
    cipher.update(Buffer.alloc(start % BLOCK));
    const zeros = Buffer.alloc(Math.min(MOST_AT_ONCE, most, end - start));
    for (let at = start; at < end; at += zeros.length) {
      yield cipher.update(end - at < zeros.length ? zeros.subarray(0, end - at) : zeros);
    }
  }
}

/** A sequence of fractions in [0, 1), uniform, the same for the same seed and name. */
export class SeededFractions {
  readonly #bytes: SeededBytes;
  #buffer: Buffer = Buffer.alloc(0);
  #next = 0;
  #drawn = 0;

  constructor(seed: number, name: string) {
    this.#bytes = new SeededBytes(seed, name);
  }

  /** The next fraction. */
  next(): number {
    if (this.#next === this.#buffer.length) {
      const end = this.#drawn + FRACTIONS_AT_ONCE * BYTES_A_FRACTION;
      this.#buffer = Buffer.concat([...this.#bytes.pieces(this.#drawn, end)]);
      this.#drawn = end;
      this.#next = 0;
    }
    const fraction =
      this.#buffer.readUIntBE(this.#next, BYTES_A_FRACTION) / 2 ** (8 * BYTES_A_FRACTION);
    this.#next += BYTES_A_FRACTION;
    return fraction;
  }
}
