import { UsageError } from '../../core/errors.js';
import type { Bytes } from '../../core/units.js';
import type { EventLoop } from '../event-loop.js';
import type { Handle } from '../handle.js';
import { EINTR } from '../system/errno.js';
import { AGAIN } from '../system/sockets.js';
import { SystemError } from '../system/system-error.js';
import { Fifo } from '../tasks/fifo.js';
import { Future } from '../tasks/future.js';
import { beginOperation } from '../tasks/running.js';
import { StreamClosedError } from './stream-errors.js';

/** How bytes leave through a descriptor; each answers with a negative error number when it fails. */
export interface WriteCalls {
  /** Writes, and answers how many bytes were taken. */
  readonly write: (fd: number, memory: Uint8Array) => number;
  /** Tells the other side that no more comes. */
  readonly end: (fd: number) => number;
}

/** From how many waiting bytes on a writer is held, and down to how many until it goes on. */
export interface WaterMarks {
  readonly high: Bytes;
  readonly low: Bytes;
}

/** The outgoing half of a descriptor: bytes that the kernel does not take wait here, and hold whoever writes more. */
export class Output {
  readonly #loop: EventLoop;
  readonly #fd: number;
  readonly #calls: WriteCalls;
  readonly #marks: WaterMarks;
  readonly #waiting = new Fifo<Uint8Array>();
  #rest: Uint8Array | undefined;
  #waitingBytes = 0;
  #watch: Handle | undefined;
  #held: Future<void>[] = [];
  #ended: Future<void> | undefined;
  #error: unknown;

  constructor(loop: EventLoop, fd: number, calls: WriteCalls, marks: WaterMarks) {
    this.#loop = loop;
    this.#fd = fd;
    this.#calls = calls;
    this.#marks = marks;
  }

  /** Bytes that wait to be sent. */
  get waitingBytes(): Bytes {
    return this.#waitingBytes;
  }

  /** Sends `bytes`, which must not be changed until the future is done: at once, or when there is room again. */
  write(bytes: Uint8Array): Future<void> {
    const loop = beginOperation();
    if (this.#ended !== undefined)
      throw new UsageError('the stream was ended; nothing more goes out');
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#watch === undefined) this.#flush();
    return this.#isHeld() ? this.#hold(this.#held) : this.#done(loop);
  }

  /** Sends what waits and then the end. */
  finish(): Future<void> {
    const loop = beginOperation();
    if (this.#ended === undefined) {
      this.#ended = new Future(loop);
      this.#flush();
    }
    return this.#ended;
  }

  /** Fails whoever waits. What was not sent is lost. */
  close(): void {
    this.#stop(new StreamClosedError());
  }

  #isHeld(): boolean {
    return this.#error === undefined && this.#waitingBytes > this.#marks.high;
  }

  #hold(held: Future<void>[]): Future<void> {
    const future = new Future<void>(this.#loop, () => {
      this.#held = this.#held.filter((other) => other !== future);
    });
    held.push(future);
    return future;
  }

  #done(loop: EventLoop): Future<void> {
    const future = new Future<void>(loop);
    if (this.#error === undefined) future.resolve(undefined);
    else future.reject(this.#error);
    return future;
  }

  #stop(error: unknown): void {
    this.#error ??= error;
    this.#watch?.cancel();
    this.#watch = undefined;
    this.#waiting.clear();
    this.#rest = undefined;
    this.#waitingBytes = 0;
    for (const future of this.#held.splice(0)) future.reject(this.#error);
    this.#ended?.reject(this.#error);
  }

  readonly #flush = (): void => {
    while (this.#error === undefined) {
      const next = this.#rest ?? this.#waiting.shift();
      if (next === undefined) break;
      const sent = next.length === 0 ? 0 : this.#calls.write(this.#fd, next);
      this.#rest = sent === next.length ? undefined : next.subarray(Math.max(0, sent));
      if (sent === AGAIN || sent === -EINTR) {
        this.#watch ??= this.#loop.addWriter(this.#fd, this.#flush);
        break;
      }
      if (sent < 0) {
        this.#stop(new SystemError('write', -sent));
        return;
      }
      this.#waitingBytes -= sent;
    }
    this.#letGoOn();
  };

  #letGoOn(): void {
    if (this.#held.length > 0 && this.#waitingBytes <= this.#marks.low) {
      for (const future of this.#held.splice(0)) future.resolve(undefined);
    }
    if (this.#rest !== undefined || this.#waiting.length > 0) return;
    this.#watch?.cancel();
    this.#watch = undefined;
    if (this.#ended === undefined || this.#ended.isDone) return;
    if (this.#error !== undefined) {
      this.#ended.reject(this.#error);
      return;
    }
    // Of a connection that is gone already there is nothing to end.
    this.#calls.end(this.#fd);
    this.#ended.resolve(undefined);
  }
}
