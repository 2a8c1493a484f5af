import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate as nextPass } from 'node:timers/promises';
import pLimit from 'p-limit';
import { monotonicNow } from '../core/clock.js';
import type { Bytes } from '../core/units.js';
import type { CallEnd } from './call-end.js';
import { Pacer } from './pacer.js';
import { pause } from './pause.js';
import { SeededBytes } from './seeded-bytes.js';

// One digest at a time leaves the event loop free between two pieces, however many files are asked for at once.
const oneByOne = pLimit(1);

/** A file that is made of a seed while it is sent: it takes neither disk nor memory. */
export class PracticeFile {
  readonly size: Bytes;
  /** A strong entity tag (RFC 9110 section 8.8.3), made of everything that determines the bytes. */
  readonly etag: string;
  readonly #bytes: SeededBytes;
  #digest: Promise<string> | undefined;

  constructor(seed: number, number: number, size: Bytes) {
    const hash = createHash('sha256').update(`${seed} ${number} ${size}`).digest('hex');
    this.size = size;
    this.etag = `"${hash.slice(0, 32)}"`;
    this.#bytes = new SeededBytes(seed, `file ${number}`);
  }

  /**
   * The bytes from `start` up to `end` (exclusive), no faster than `bandwidth` bytes per second and no faster than they
   * are read. Nothing more is made once the call is over or the stream is destroyed.
   */
  read(start: Bytes, end: Bytes, bandwidth: Bytes, call: CallEnd): Readable {
    return Readable.from(this.#paced(start, end, bandwidth, call), { objectMode: false });
  }

  /** The SHA-256 of the whole file in base64, computed at the first call; other work goes on meanwhile. */
  digest(): Promise<string> {
    this.#digest ??= oneByOne(async () => {
      const hash = createHash('sha256');
      for (const piece of this.#bytes.pieces(0, this.size)) {
        hash.update(piece);
        await nextPass();
      }
      return hash.digest('base64');
    });
    return this.#digest;
  }

  async *#paced(
    start: Bytes,
    end: Bytes,
    bandwidth: Bytes,
    call: CallEnd,
  ): AsyncGenerator<Buffer, void> {
    const pacer = new Pacer(bandwidth, monotonicNow());
    for (const piece of this.#bytes.pieces(start, end, pacer.piece)) {
      await pause(pacer.delay(piece.length, monotonicNow()), call);
      if (call.isOver) return;
      yield piece;
    }
  }
}
