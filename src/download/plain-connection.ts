import { connect, type LookupFunction, type Socket } from 'node:net';
import type { Bytes } from '../core/units.js';
import { NO_NOTES } from '../http/answer-notes.js';
import { AnswerParser, type AnswerTaker, DEFAULT_MAX_HEADER_BYTES } from '../http/answer-parser.js';
import { formatRequest } from '../http/format-request.js';
import { NOTED_OF_FILES } from '../http/noted-headers.js';
import { toDownloadError } from './connection-faults.js';
import type { ConnectionKeeper, KeptConnection } from './kept-connections.js';
import type { OpenExchange } from './open-exchange.js';

// libuv asks for memory, reads into it and calls back before it turns to another socket, and what came is used up within the
// callback: so all sockets of a thread share it. Smaller costs calls, larger leaves the processor's cache.
const SHARED_BYTES: Bytes = 256 * 1024;
const shared = Buffer.allocUnsafeSlow(SHARED_BYTES);

const LIMITS = { maxHeaderBytes: DEFAULT_MAX_HEADER_BYTES, maxBodyBytes: Infinity };

/** A connection to a server of plain http, one exchange at a time. */
export class PlainConnection implements KeptConnection, AnswerTaker {
  readonly origin: string;
  readonly #socket: Socket;
  readonly #keeper: ConnectionKeeper;
  readonly #parser = new AnswerParser(LIMITS, NOTED_OF_FILES);
  #exchange: OpenExchange | undefined;
  #wasIdle = false;

  /** Begins to connect to the server of an address. */
  constructor({ origin, hostname, port }: URL, lookup: LookupFunction, keeper: ConnectionKeeper) {
    this.origin = origin;
    this.#keeper = keeper;
    this.#socket = connect({
      host: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
      port: port === '' ? 80 : Number(port),
      lookup,
      noDelay: true,
      onread: { buffer: shared, callback: this.#onRead },
    });
    this.#socket.on('error', this.#onFault);
    this.#socket.on('end', this.#onEnd);
  }

  begin(exchange: OpenExchange): void {
    exchange.carrier = this;
    this.#exchange = exchange;
    const { method, url, headers } = exchange.request;
    this.#parser.begin(method, this);
    this.#socket.ref();
    const target = url.pathname + url.search;
    this.#socket.write(formatRequest({ method, target, host: url.host, headers }));
  }

  resume(): void {
    this.#socket.resume();
  }

  drop(): void {
    this.#exchange = undefined;
    this.#socket.destroy();
    this.#keeper.isGone(this);
  }

  close(reason: Error): Promise<void> {
    this.#exchange?.fail(reason);
    this.drop();
    return Promise.resolve();
  }

  header(): void {
    const { status, contentLength, endsWithConnection, notes } = this.#parser;
    this.#exchange?.takeHead({
      ...(notes ?? NO_NOTES),
      status,
      contentLength: contentLength < 0 ? undefined : contentLength,
      endsWithConnection,
    });
  }

  body(bytes: Uint8Array, from: number, to: number): void {
    this.#exchange?.takeBody(bytes, from, to);
  }

  // Returns whether to read on.
  readonly #onRead = (count: number): boolean => {
    if (this.#exchange === undefined) {
      // The server speaks unasked.
      this.drop();
      return false;
    }
    let used = 0;
    try {
      used = this.#parser.feed(shared, count);
    } catch (error) {
      this.#onFault(error);
      return false;
    }
    // It may have been given up within.
    const exchange = this.#exchange;
    if (exchange === undefined) return false;
    if (!this.#parser.isComplete) return !exchange.isPaused;
    this.#finish(exchange, used === count);
    return true;
  };

  readonly #onEnd = (): void => {
    const exchange = this.#exchange;
    if (exchange === undefined) {
      this.drop();
      return;
    }
    try {
      this.#parser.end();
      this.#finish(exchange, false);
    } catch (error) {
      this.#onFault(error);
    }
  };

  readonly #onFault = (thrown: unknown): void => {
    const exchange = this.#exchange;
    this.drop();
    if (exchange === undefined) return;
    if (this.#wasIdle && !this.#parser.hasBegun) this.#keeper.sendAgain(exchange);
    else exchange.fail(toDownloadError(thrown, exchange.request.url));
  };

  #finish(exchange: OpenExchange, isClean: boolean): void {
    this.#exchange = undefined;
    if (isClean && this.#parser.keepsAlive) {
      this.#wasIdle = true;
      this.#socket.unref();
      this.#keeper.becameIdle(this);
    } else {
      this.drop();
    }
    exchange.complete();
  }
}
