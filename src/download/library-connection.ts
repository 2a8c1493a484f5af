import type { IncomingHttpHeaders } from 'node:http';
import type { Client, Dispatcher } from 'undici';
import type { ConnectAttempt } from '../clients/connector.js';
import { UndiciClient } from '../clients/undici-client.js';
import { DEFAULT_MAX_HEADER_BYTES } from '../http/answer-parser.js';
import { toDownloadError } from './connection-faults.js';
import type { ConnectionKeeper, KeptConnection } from './kept-connections.js';
import { HttpFault } from '../http/http-fault.js';
import { hasBody, type OpenExchange } from './open-exchange.js';
import { ReadGate } from './read-gate.js';
import type { AnswerHead } from './transport.js';

/** A connection of undici's, one exchange at a time. */
export class LibraryConnection implements KeptConnection {
  readonly origin: string;
  readonly #client: Client;
  readonly #attempt: ConnectAttempt;
  readonly #keeper: ConnectionKeeper;
  #wasIdle = false;
  #gate: ReadGate | undefined;
  #exchange: OpenExchange | undefined;

  /** Connects to an origin when it has something to send. */
  constructor(origin: string, attempt: ConnectAttempt, keeper: ConnectionKeeper) {
    this.origin = origin;
    this.#attempt = attempt;
    this.#keeper = keeper;
    this.#client = new UndiciClient(origin, {
      connect: (options, callback) => {
        attempt.connect(options, (...result) => {
          this.#gate = result[0] === null ? new ReadGate(result[1]) : undefined;
          callback(...result);
        });
      },
      maxHeaderSize: DEFAULT_MAX_HEADER_BYTES,
      // Whoever makes the request ends what takes too long.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  begin(exchange: OpenExchange): void {
    exchange.carrier = this;
    this.#exchange = exchange;
    const { method, url, headers } = exchange.request;
    const path = url.pathname + url.search;
    this.#client.dispatch({ method, path, headers: { ...headers } }, this.#handlerOf(exchange));
  }

  resume(): void {
    this.#gate?.open();
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
    let head: AnswerHead | undefined;
    return {
      onRequestStart: () => {},
      onResponseStart: (_controller, status, headers) => {
        // Interim answers are told as well.
        if (status < 200) return;
        if (isEncodedOnItsWay(exchange.request.method, status, headers)) {
          // undici takes it for a body that the connection ends, and hands it over as it is.
          this.#fail(
            exchange,
            new HttpFault('MALFORMED', 'a transfer-encoding other than chunked'),
          );
          return;
        }
        head = headOf(exchange.request.method, status, headers);
        exchange.takeHead(head);
      },
      onResponseData: (_controller, chunk) => {
        exchange.takeBody(chunk, 0, chunk.length);
        if (exchange.isPaused) this.#gate?.shut();
      },
      onResponseEnd: () => {
        // undici takes a reset for the end of a body that the connection ends.
        const isCut = head?.endsWithConnection === true && this.#gate?.isBroken === true;
        if (isCut) this.#fail(exchange, new HttpFault('CLOSED', 'the connection broke'));
        else this.#finish(exchange);
      },
      onResponseError: (_controller, error) => {
        if (this.#exchange === exchange && this.#wasIdle && head === undefined) {
          this.drop();
          this.#keeper.sendAgain(exchange);
        } else {
          this.#fail(exchange, error);
        }
      },
    };
  }

  #finish(exchange: OpenExchange): void {
    if (this.#exchange !== exchange) return;
    this.#exchange = undefined;
    this.#wasIdle = true;
    this.#gate?.open();
    this.#keeper.becameIdle(this);
    exchange.complete();
  }

  #fail(exchange: OpenExchange, thrown: unknown): void {
    if (this.#exchange !== exchange) return;
    this.drop();
    exchange.fail(toDownloadError(thrown, exchange.request.url));
  }
}

// RFC 9112 section 7: only `chunked` may be sent to whoever did not ask for another one.
function isEncodedOnItsWay(method: string, status: number, headers: IncomingHttpHeaders): boolean {
  const encoding = joined(headers['transfer-encoding']) ?? 'chunked';
  return hasBody(method, status) && encoding.trim().toLowerCase() !== 'chunked';
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
