import { UsageError } from '../../core/errors.js';
import type { Bytes } from '../../core/units.js';
import type { EventLoop } from '../event-loop.js';
import type { Handle } from '../handle.js';
import { EINTR } from '../system/errno.js';
import { AGAIN } from '../system/sockets.js';
import { SystemError } from '../system/system-error.js';
import type { Future } from '../tasks/future.js';
import { beginOperation } from '../tasks/running.js';
import { ByteQueue } from './byte-queue.js';
import { Reading, type Take } from './reading.js';
import { StreamClosedError, StreamEndedError, StreamLimitError } from './stream-errors.js';

/** Reads into the beginning of `memory`: how many bytes, 0 at the end, or a negative error number. */
export type ReadCall = (fd: number, memory: Uint8Array, length: number) => number;

const CHUNK_BYTES: Bytes = 65_536;
const scratch = Buffer.allocUnsafeSlow(CHUNK_BYTES);

/**
 * The incoming half of a descriptor. Nothing is read that nobody asked for, so a slow reader slows the sender down. What an
 * operation that is given up has received stays for the next.
 */
export class Input {
  readonly #loop: EventLoop;
  readonly #fd: number;
  readonly #read: ReadCall;
  readonly #received = new ByteQueue();
  #watch: Handle | undefined;
  #reading: Reading<unknown> | undefined;
  #hasEnded = false;
  #isClosed = false;
  // What broke the connection; the kernel tells of it once, and of an ordinary end from then on.
  #broken: SystemError | undefined;
  // A read that filled less than it could has emptied the socket; asking again at once would be for nothing.
  #isDrained = false;

  constructor(loop: EventLoop, fd: number, read: ReadCall) {
    this.#loop = loop;
    this.#fd = fd;
    this.#read = read;
  }

  /** The next bytes, at most `most` of them; `undefined` at the end. */
  read(most: Bytes): Future<Buffer | undefined> {
    checkBytes(most, 1);
    return this.#operate((input, hasEnded) => {
      if (input.length > 0) return { value: input.take(Math.min(most, input.length)) };
      return hasEnded ? { value: undefined } : undefined;
    });
  }

  /** Exactly `length` bytes. */
  readExactly(length: Bytes): Future<Buffer> {
    checkBytes(length, 0);
    return this.#operate((input, hasEnded) => {
      if (input.length >= length) return { value: input.take(length) };
      if (hasEnded) throw new StreamEndedError(`${length} bytes had come`, input.length);
      return undefined;
    });
  }

  /** The bytes up to and with `delimiter`, at most `most`; `undefined` when the stream ends before any byte. */
  readUntil(delimiter: Uint8Array, most: Bytes): Future<Buffer | undefined> {
    checkBytes(most, 1);
    if (delimiter.length === 0) throw new UsageError('expected a delimiter of at least one byte');
    let searched = 0;
    return this.#operate((input, hasEnded) => {
      const at = input.indexOf(delimiter, searched - delimiter.length + 1);
      const length = at + delimiter.length;
      if (at !== -1 && length <= most) return { value: input.take(length) };
      if (at !== -1 || input.length >= most) throw new StreamLimitError(most);
      searched = input.length;
      if (hasEnded && searched > 0) throw new StreamEndedError('the delimiter came', searched);
      return hasEnded ? { value: undefined } : undefined;
    });
  }

  /** Whether the end has come and all before it was taken. */
  get isExhausted(): boolean {
    return this.#hasEnded && this.#received.length === 0;
  }

  /** Tells it that the connection is broken, which the kernel has told whoever wrote and tells nobody else. */
  break(error: SystemError): void {
    this.#broken ??= error;
  }

  close(): void {
    this.#isClosed = true;
    this.#watch?.cancel();
    this.#received.clear();
    this.#fail(new StreamClosedError());
  }

  #operate<T>(take: Take<T>): Future<T> {
    const loop = beginOperation();
    if (this.#reading !== undefined) {
      throw new UsageError('somebody reads from this stream already; one at a time');
    }
    const reading = new Reading(loop, take, this.#isOver);
    this.#reading = reading;
    this.#advance(reading);
    return reading;
  }

  readonly #isOver = (): void => {
    this.#reading = undefined;
  };

  #fail(error: unknown): void {
    const reading = this.#reading;
    this.#reading = undefined;
    reading?.reject(error);
  }

  #advance(reading: Reading<unknown>): void {
    try {
      if (this.#isClosed) throw new StreamClosedError();
      while (!reading.takeFrom(this.#received, this.#hasEnded)) {
        if (this.#isDrained || !this.#receive()) {
          this.#watch ??= this.#loop.addReader(this.#fd, this.#onReadable);
          return;
        }
      }
      this.#reading = undefined;
    } catch (error) {
      this.#fail(error);
    }
  }

  // Returns false when nothing is there just now.
  #receive(): boolean {
    const count = this.#read(this.#fd, scratch, CHUNK_BYTES);
    if (count === AGAIN || count === -EINTR) return false;
    if (count < 0) this.#broken ??= new SystemError('read', -count);
    if (count <= 0 && this.#broken !== undefined) throw this.#broken;
    this.#isDrained = count > 0 && count < CHUNK_BYTES;
    this.#hasEnded = count === 0;
    if (count > 0) this.#received.append(scratch, count);
    return true;
  }

  readonly #onReadable = (): void => {
    this.#isDrained = false;
    if (this.#reading !== undefined) {
      this.#advance(this.#reading);
      return;
    }
    // Nobody reads, and it would be reported in every pass.
    this.#watch?.cancel();
    this.#watch = undefined;
  };
}

function checkBytes(bytes: Bytes, least: number): void {
  if (Number.isInteger(bytes) && bytes >= least) return;
  if (bytes === Infinity) return;
  throw new UsageError(`expected a number of bytes of at least ${least}, got ${bytes}`);
}
