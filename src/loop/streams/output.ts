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
  /** Told once when a write failed: who writes may have stopped asking. */
  readonly failed?: (error: SystemError) => void;
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
  readonly #held = new Set<Future<void>>();
  readonly #enders = new Set<Future<void>>();
  #rest: Uint8Array | undefined;
  #waitingBytes = 0;
  #watch: Handle | undefined;
  #half: 'open' | 'ending' | 'ended' = 'open';
  #error: unknown;
  // What every write is answered with that need not wait.
  #done: Future<void> | undefined;

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

  /** Sends `bytes`, which must not be changed until they are sent: at once, or when there is room again. */
  write(bytes: Uint8Array): Future<void> {
    const loop = beginOperation();
    if (this.#half !== 'open') throw new UsageError('the stream was ended; nothing more goes out');
    if (this.#error === undefined) {
      this.#waitingBytes += bytes.length;
      if (this.#watch === undefined) this.#flushWith(bytes);
      else this.#waiting.push(bytes);
    }
    if (this.#error !== undefined) return Future.failed(loop, this.#error);
    if (this.#waitingBytes > this.#marks.high) return this.#wait(this.#held);
    this.#done ??= Future.of(loop, undefined);
    return this.#done;
  }

  /** Sends what waits and then the end, which is sent even when nobody waits for it any more. */
  finish(): Future<void> {
    const loop = beginOperation();
    if (this.#half === 'open' && this.#error === undefined) {
      this.#half = 'ending';
      this.#flush();
    }
    if (this.#half === 'ended') return Future.of(loop, undefined);
    if (this.#error !== undefined) return Future.failed(loop, this.#error);
    return this.#wait(this.#enders);
  }

  /** Fails whoever waits. What was not sent is lost. */
  close(): void {
    this.#stop(new StreamClosedError());
  }

  // Nothing waits while the descriptor is not watched.
  #flushWith(bytes: Uint8Array): void {
    this.#rest = bytes;
    this.#flush();
  }

  #wait(line: Set<Future<void>>): Future<void> {
    const future = new Future<void>(this.#loop, () => line.delete(future));
    line.add(future);
    return future;
  }

  #stop(error: unknown): void {
    this.#error ??= error;
    this.#unwatch();
    this.#waiting.clear();
    this.#rest = undefined;
    this.#waitingBytes = 0;
    for (const line of [this.#held, this.#enders]) {
      for (const future of line) future.reject(this.#error);
      line.clear();
    }
  }

  #unwatch(): void {
    this.#watch?.cancel();
    this.#watch = undefined;
  }

  readonly #flush = (): void => {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const sent = next.length === 0 ? 0 : this.#calls.write(this.#fd, next);
      this.#rest = sent === next.length ? undefined : next.subarray(Math.max(0, sent));
      if (sent === AGAIN || sent === -EINTR) {
        this.#watch ??= this.#loop.addWriter(this.#fd, this.#flush);
        break;
      }
      if (sent < 0) {
        const error = new SystemError('write', -sent);
        this.#stop(error);
        this.#calls.failed?.(error);
        return;
      }
      this.#waitingBytes -= sent;
    }
    if (this.#held.size > 0 && this.#waitingBytes <= this.#marks.low) release(this.#held);
    if (this.#rest === undefined) this.#allIsSent();
  };

  #next(): Uint8Array | undefined {
    return this.#rest ?? this.#waiting.shift();
  }

  #allIsSent(): void {
    this.#unwatch();
    if (this.#half !== 'ending') return;
    this.#half = 'ended';
    // Of a connection that is gone already there is nothing to end.
    this.#calls.end(this.#fd);
    release(this.#enders);
  }
}

function release(line: Set<Future<void>>): void {
  for (const future of line) future.resolve(undefined);
  line.clear();
}
