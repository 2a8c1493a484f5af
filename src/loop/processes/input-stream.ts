import type { Bytes } from '../../core/units.js';
import type { EventLoop } from '../event-loop.js';
import { Input } from '../streams/input.js';
import { StreamEndedError } from '../streams/stream-errors.js';
import { libc } from '../system/libc.js';
import { closeDescriptor } from '../system/sockets.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { Future } from '../tasks/future.js';
import { beginOperation } from '../tasks/running.js';
import { startOwnedTask, type Task } from '../tasks/task.js';
import { collect } from './collect.js';

const READ_MOST: Bytes = 65_536;
const LINE_MOST: Bytes = 65_536;
const ALL_MOST: Bytes = 64 * 1024 * 1024;

/** Our end of a pipe that a process writes to. Its descriptor is closed when the end was read, or by `close`. */
export class InputStream {
  readonly #loop: EventLoop;
  readonly #fd: number;
  readonly #input: Input;
  #sawEnd = false;
  #isOver = false;
  #isClosed = false;

  /** Takes over a non-blocking descriptor. */
  constructor(loop: EventLoop, fd: number) {
    this.#loop = loop;
    this.#fd = fd;
    this.#input = new Input(loop, fd, (_fd, memory, length) => {
      const count = libc().read(fd, memory, length);
      // In the queue before whoever reads is told of the end: the descriptor is closed when they are.
      if (count === 0) loop.callSoon(this.#closeAtEnd);
      this.#sawEnd = count === 0;
      return count;
    });
  }

  /**
   * The next bytes, at most `most` of them, as soon as there are any; `undefined` when whoever held the other end has closed
   * it. Fails with a `StreamClosedError`.
   */
  read(most: Bytes = READ_MOST): Future<Buffer | undefined> {
    return this.#isOver ? nothing() : this.#operate(this.#input.read(most));
  }

  /** Exactly `length` bytes. Fails with a `StreamEndedError` when fewer come. */
  readExactly(length: Bytes): Future<Buffer> {
    if (!this.#isOver) return this.#operate(this.#input.readExactly(length));
    const loop = beginOperation();
    if (length === 0) return Future.of(loop, Buffer.alloc(0));
    return Future.failed(loop, new StreamEndedError(`${length} bytes had come`, 0));
  }

  /**
   * The bytes up to and with `delimiter`; `undefined` when the stream ends before another byte. Fails with a
   * `StreamLimitError` when there is no delimiter within `most` bytes, a `StreamEndedError` when the stream ends first.
   */
  readUntil(delimiter: string | Uint8Array, most: Bytes = LINE_MOST): Future<Buffer | undefined> {
    const bytes = typeof delimiter === 'string' ? Buffer.from(delimiter) : delimiter;
    return this.#isOver ? nothing() : this.#operate(this.#input.readUntil(bytes, most));
  }

  /** All bytes until the end. Fails with an `OutputLimitError` when they are more than `most`: 64 MiB unless said otherwise. */
  readAll(most: Bytes = ALL_MOST): Task<Buffer> {
    return startOwnedTask(() => this.#all(most), { name: 'readAll' });
  }

  /** Closes it at once. Whoever reads gets a `StreamClosedError`; a process that goes on writing gets `SIGPIPE`. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#input.close();
    closeDescriptor(this.#fd);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  *#all(most: Bytes): Coroutine<Buffer> {
    const pieces: Buffer[] = [];
    yield* collect(() => this.read(), pieces, most);
    return Buffer.concat(pieces);
  }

  #operate<T>(future: Future<T>): Future<T> {
    if (this.#sawEnd) this.#loop.callSoon(this.#closeAtEnd);
    return future;
  }

  readonly #closeAtEnd = (): void => {
    // What an operation that failed at the end could not make do with is still to be had.
    if (this.#isClosed || !this.#input.isExhausted) return;
    this.#isOver = true;
    this.close();
  };
}

function nothing(): Future<undefined> {
  return Future.of(beginOperation(), undefined);
}
