import { DownloadError } from '../core/download-error.js';
import { type Carrier, OpenExchange } from './open-exchange.js';
import type { AnswerReceiver, Exchange, FileRequest, Transport } from './transport.js';

/** A connection to one origin that takes one exchange after another. */
export interface KeptConnection extends Carrier {
  readonly origin: string;
  /** Sends the request of an exchange. Throws `UsageError` when a header of it cannot be sent. */
  begin(exchange: OpenExchange): void;
  /** Closes it; an exchange under way ends with `reason`. */
  close(reason: Error): Promise<void>;
}

/** What a connection tells those who keep it. */
export interface ConnectionKeeper {
  /** It can take another exchange. */
  becameIdle(connection: KeptConnection): void;
  /** It is closed, or about to be. */
  isGone(connection: KeptConnection): void;
  /**
   * The server closed it while it was idle, which shows only when the next request has no answer. RFC 9112 section 9.3.1: a
   * request that may be repeated, as GET and HEAD may, is sent again then; on a new connection, so once.
   */
  sendAgain(exchange: OpenExchange): void;
}

/**
 * Sends every request on a connection of its own, and keeps connections open for the next request to their origin. So
 * whoever limits the exchanges limits the connections. Those that are idle wait in a stack an origin.
 */
export class KeptConnections implements Transport, ConnectionKeeper {
  readonly #open: (url: URL, keeper: ConnectionKeeper) => KeptConnection;
  readonly #all = new Set<KeptConnection>();
  readonly #idle = new Map<string, KeptConnection[]>();
  #isClosed = false;

  /** With what opens a connection to the origin of a URL. */
  constructor(open: (url: URL, keeper: ConnectionKeeper) => KeptConnection) {
    this.#open = open;
  }

  send(request: FileRequest, receiver: AnswerReceiver): Exchange {
    const exchange = new OpenExchange(request, receiver);
    if (this.#isClosed) exchange.fail(closedError());
    else (this.#idle.get(request.url.origin)?.pop() ?? this.#connect(request.url)).begin(exchange);
    return exchange;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#all].map((connection) => connection.close(closedError())));
  }

  becameIdle(connection: KeptConnection): void {
    const idle = this.#idle.get(connection.origin);
    if (idle === undefined) this.#idle.set(connection.origin, [connection]);
    else idle.push(connection);
  }

  isGone(connection: KeptConnection): void {
    this.#all.delete(connection);
    const idle = this.#idle.get(connection.origin) ?? [];
    const place = idle.indexOf(connection);
    if (place >= 0) idle.splice(place, 1);
  }

  sendAgain(exchange: OpenExchange): void {
    this.#connect(exchange.request.url).begin(exchange);
  }

  #connect(url: URL): KeptConnection {
    const connection = this.#open(url, this);
    this.#all.add(connection);
    return connection;
  }
}

function closedError(): DownloadError {
  return new DownloadError('STOPPED', 'the downloads were ended');
}
