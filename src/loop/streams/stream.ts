import type { Bytes } from '../../core/units.js';
import type { EventLoop } from '../event-loop.js';
import type { SocketAddress } from '../system/socket-address.js';
import {
  closeDescriptor,
  endSending,
  localAddress,
  peerAddress,
  receive,
  send,
} from '../system/sockets.js';
import type { SystemError } from '../system/system-error.js';
import type { Future } from '../tasks/future.js';
import { Input } from './input.js';
import { StreamClosedError } from './stream-errors.js';
import { Output, type WaterMarks } from './output.js';

const MARKS: WaterMarks = { high: 65_536, low: 16_384 };
const READ_MOST: Bytes = 65_536;
const LINE_MOST: Bytes = 65_536;

/** A connected socket. One task may read while another writes. */
export class Stream {
  readonly fd: number;
  readonly #input: Input;
  readonly #output: Output;
  #isClosed = false;

  /** Takes over a connected, non-blocking socket. */
  constructor(loop: EventLoop, fd: number, marks: WaterMarks = MARKS) {
    this.fd = fd;
    this.#input = new Input(loop, fd, receive);
    const failed = (error: SystemError): void => {
      // Who has ended its half may have sent an answer before, and the end of that is a proper one.
      if (error.code !== 'EPIPE') this.#input.break(error);
    };
    this.#output = new Output(loop, fd, { write: send, end: endSending, failed }, marks);
  }

  /**
   * The next bytes, at most `most` of them, as soon as there are any; `undefined` when the other side has ended its half.
   * Fails with a `SystemError` (`ECONNRESET`), or a `StreamClosedError`.
   */
  read(most: Bytes = READ_MOST): Future<Buffer | undefined> {
    return this.#input.read(most);
  }

  /** Exactly `length` bytes. Fails with a `StreamEndedError` when fewer come. */
  readExactly(length: Bytes): Future<Buffer> {
    return this.#input.readExactly(length);
  }

  /**
   * The bytes up to and with `delimiter`; `undefined` when the stream ends before another byte. Fails with a
   * `StreamLimitError` when there is no delimiter within `most` bytes, a `StreamEndedError` when the stream ends first.
   */
  readUntil(delimiter: string | Uint8Array, most: Bytes = LINE_MOST): Future<Buffer | undefined> {
    return this.#input.readUntil(toBytes(delimiter), most);
  }

  /**
   * Sends bytes, or text as UTF-8. Fulfilled at once while fewer bytes than the high-water mark wait to be sent, and
   * otherwise when they are down to the low-water mark: waiting for it keeps memory bounded. Bytes must not be changed
   * until they are sent. Given up, they are sent all the same. Waiting for it lets others have their turn; who writes one
   * short answer after the other may wait only when it is not done: `if (!written.isDone) yield* written`.
   */
  write(data: string | Uint8Array): Future<void> {
    return this.#output.write(toBytes(data));
  }

  /** Bytes that were written and not yet sent. */
  get waitingBytes(): Bytes {
    return this.#output.waitingBytes;
  }

  /** Sends what waits and then the end, also when it is given up; reading goes on. */
  end(): Future<void> {
    return this.#output.finish();
  }

  /** Closes both halves at once. Whoever waits gets a `StreamClosedError`; what was not sent is lost. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#input.close();
    this.#output.close();
    closeDescriptor(this.fd);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** @throws {StreamClosedError} */
  localAddress(): SocketAddress {
    this.#checkOpen();
    return localAddress(this.fd);
  }

  /** @throws {StreamClosedError | SystemError} the latter (`ENOTCONN`) when the connection is gone. */
  peerAddress(): SocketAddress {
    this.#checkOpen();
    return peerAddress(this.fd);
  }

  // The number may stand for another connection by now.
  #checkOpen(): void {
    if (this.#isClosed) throw new StreamClosedError();
  }
}

function toBytes(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data) : data;
}
