import type { IncomingHttpHeaders } from 'node:http';
import { Client, type Dispatcher } from 'undici';
import type { ConnectAttempt } from '../clients/connector.js';
import { DEFAULT_MAX_HEADER_BYTES } from '../http/answer-parser.js';
import { toDownloadError } from './connection-faults.js';
import type { ConnectionKeeper, KeptConnection } from './kept-connections.js';
import { hasBody, type OpenExchange } from './open-exchange.js';
import type { AnswerHead } from './transport.js';

/** A connection of undici's, one exchange at a time. */
export class LibraryConnection implements KeptConnection {
  readonly origin: string;
  readonly #client: Client;
  readonly #attempt: ConnectAttempt;
  readonly #keeper: ConnectionKeeper;
  #wasIdle = false;
  #controller: Dispatcher.DispatchController | undefined;
  #exchange: OpenExchange | undefined;

  /** Connects to an origin when it has something to send. */
  constructor(origin: string, attempt: ConnectAttempt, keeper: ConnectionKeeper) {
    this.origin = origin;
    this.#attempt = attempt;
    this.#keeper = keeper;
    this.#client = new Client(origin, {
      connect: attempt.connect,
      maxHeaderSize: DEFAULT_MAX_HEADER_BYTES,
      // Whoever makes the request ends what takes too long.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  begin(exchange: OpenExchange): void {
    exchange.carrier = this;
    this.#exchange = exchange;
    this.#controller = undefined;
    const { method, url, headers } = exchange.request;
    const path = url.pathname + url.search;
    this.#client.dispatch({ method, path, headers: { ...headers } }, this.#handlerOf(exchange));
  }

  resume(): void {
    this.#controller?.resume();
  }

  drop(): void {
    this.#exchange = undefined;
    this.#keeper.isGone(this);
    this.#attempt.giveUp();
    void this.#client.destroy();
  }

  async close(reason: Error): Promise<void> {
    this.#exchange?.fail(reason);
    this.drop();
    await this.#client.destroy();
  }

  #handlerOf(exchange: OpenExchange): Dispatcher.DispatchHandler {
    let hasBegun = false;
    return {
      onRequestStart: (controller) => {
        this.#controller = controller;
      },
      onResponseStart: (_controller, status, headers) => {
        hasBegun = true;
        if (status >= 200) exchange.takeHead(headOf(exchange.request.method, status, headers));
      },
      onResponseData: (controller, chunk) => {
        exchange.takeBody(chunk, 0, chunk.length);
        if (exchange.isPaused) controller.pause();
      },
      onResponseEnd: () => {
        if (this.#exchange === undefined) return;
        this.#exchange = undefined;
        this.#wasIdle = true;
        this.#keeper.becameIdle(this);
        exchange.complete();
      },
      onResponseError: (_controller, error) => {
        if (this.#exchange === undefined) return;
        this.drop();
        if (this.#wasIdle && !hasBegun) this.#keeper.sendAgain(exchange);
        else exchange.fail(toDownloadError(error, exchange.request.url));
      },
    };
  }
}

function headOf(method: string, status: number, headers: IncomingHttpHeaders): AnswerHead {
  const length = headers['content-length'];
  const endsWithConnection =
    hasBody(method, status) && length === undefined && headers['transfer-encoding'] === undefined;
  return {
    status,
    contentLength: length === undefined ? undefined : Number(length),
    endsWithConnection,
    etag: joined(headers.etag),
    lastModified: joined(headers['last-modified']),
    date: joined(headers.date),
    contentRange: joined(headers['content-range']),
    contentEncoding: joined(headers['content-encoding']),
    reprDigest: joined(headers['repr-digest']),
    location: joined(headers.location),
    retryAfter: joined(headers['retry-after']),
  };
}

// A header that comes several times is a list (RFC 9110 section 5.3); undici gives an array then.
function joined(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}
