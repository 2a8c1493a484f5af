import type { Bytes } from '../../core/units.js';
import type { EventLoop } from '../event-loop.js';
import { Output, type WaterMarks } from '../streams/output.js';
import { EINTR, EPIPE } from '../system/errno.js';
import { libc } from '../system/libc.js';
import { AGAIN, closeDescriptor } from '../system/sockets.js';
import { SystemError } from '../system/system-error.js';
import { Future } from '../tasks/future.js';
import { beginOperation } from '../tasks/running.js';

const MARKS: WaterMarks = { high: 65_536, low: 16_384 };

/** Our end of a pipe that a process reads from. Its descriptor is closed by `end`, by `close`, and when nobody reads any more. */
export class OutputStream {
  readonly #loop: EventLoop;
  readonly #fd: number;
  readonly #output: Output;
  #error: SystemError | undefined;
  #isLost = false;
  #isClosed = false;

  /** Takes over a non-blocking descriptor. */
  constructor(loop: EventLoop, fd: number) {
    this.#loop = loop;
    this.#fd = fd;
    const calls = {
      write: (_fd: number, bytes: Uint8Array): number => this.#write(bytes),
      end: (): number => this.#release(),
    };
    this.#output = new Output(loop, fd, calls, MARKS);
  }

  /**
   * Writes bytes, or text as UTF-8. Fulfilled at once while fewer bytes than the high-water mark wait, and otherwise when they
   * are down to the low-water mark. Bytes must not be changed until they are written. Fails with a `SystemError` (`EPIPE`)
   * when nobody reads any more, or a `StreamClosedError`.
   */
  write(data: string | Uint8Array): Future<void> {
    if (this.#error !== undefined) return Future.failed(beginOperation(), this.#error);
    return this.#output.write(typeof data === 'string' ? Buffer.from(data) : data);
  }

  /** Bytes that were written and not yet taken. */
  get waitingBytes(): Bytes {
    return this.#output.waitingBytes;
  }

  /** Writes what waits and then closes, which the process reads as the end. Fails as `write` does when something was lost. */
  end(): Future<void> {
    if (this.#error === undefined) return this.#output.finish();
    const loop = beginOperation();
    return this.#isLost ? Future.failed(loop, this.#error) : Future.of(loop, undefined);
  }

  /** Closes it at once. Whoever waits gets a `StreamClosedError`; what was not written is lost. */
  close(): void {
    this.#output.close();
    this.#release();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Tells it that the process has ended. What waits is written all the same, if somebody else has the other end. */
  readerEnded(): void {
    if (this.#isClosed || this.waitingBytes > 0) return;
    this.#error = new SystemError('write', EPIPE);
    this.close();
  }

  #write(bytes: Uint8Array): number {
    const count = libc().write(this.#fd, bytes, bytes.length);
    if (count < 0 && count !== AGAIN && count !== -EINTR) {
      this.#isLost = true;
      this.#error = new SystemError('write', -count);
      // The output ends its watch first.
      this.#loop.callSoon(() => this.#release());
    }
    return count;
  }

  #release(): number {
    if (!this.#isClosed) closeDescriptor(this.#fd);
    this.#isClosed = true;
    return 0;
  }
}
