import { createHash, type Hash } from 'node:crypto';
import { read } from 'node:fs';
import { promisify } from 'node:util';
import { DownloadError } from '../core/download-error.js';
import type { ChecksumAlgorithm } from '../core/download.js';
import type { Bytes } from '../core/units.js';

const readOf = promisify(read);
const PIECE: Bytes = 1024 * 1024;

/** The checksum of a file that is being written: of the bytes as they come, where they come in order, and of the others later. */
export class RunningDigest {
  readonly algorithm: ChecksumAlgorithm;
  #hash: Hash;
  #hashed: Bytes = 0;

  constructor(algorithm: ChecksumAlgorithm) {
    this.algorithm = algorithm;
    this.#hash = createHash(algorithm);
  }

  /** Takes `bytes[from, to)`, which stand at `position` of the file. */
  update(bytes: Uint8Array, from: number, to: number, position: Bytes): void {
    if (position !== this.#hashed) return;
    this.#hash.update(bytes.subarray(from, to));
    this.#hashed += to - from;
  }

  /**
   * Reads what is missing up to `end` from the file; other work goes on meanwhile. Rejects with what the system says, or the
   * reason of `signal` when that fires.
   */
  async catchUp(fd: number, end: Bytes, signal: AbortSignal): Promise<void> {
    const piece = Buffer.allocUnsafe(Math.min(PIECE, Math.max(1, end - this.#hashed)));
    while (this.#hashed < end) {
      signal.throwIfAborted();
      const wanted = Math.min(piece.length, end - this.#hashed);
      const { bytesRead } = await readOf(fd, piece, 0, wanted, this.#hashed);
      if (bytesRead === 0) {
        const found = `its part ends after ${this.#hashed} of ${end} bytes; somebody else has shortened it`;
        throw new DownloadError('DISK', found);
      }
      this.#hash.update(piece.subarray(0, bytesRead));
      this.#hashed += bytesRead;
    }
  }

  /** Begins again. */
  restart(): void {
    this.#hash = createHash(this.algorithm);
    this.#hashed = 0;
  }

  /** The checksum in small hexadecimal letters; the digest is over then, until it begins again. */
  hex(): string {
    return this.#hash.digest('hex');
  }
}
