import type { Client, Dispatcher } from 'undici';
import type { Connecting } from '../core/run.js';
import type { Bytes, Milliseconds } from '../core/units.js';
import type { HttpRequest } from './call-options.js';
import { AbortWatch } from './abort-watch.js';
import { CallFault, toCallError } from './call-errors.js';
import { Connector } from './connector.js';
import { followRedirects } from './follow-redirects.js';
import { PendingAnswer } from './pending-answer.js';
import { Redirection } from './redirection.js';
import { UndiciClient } from './undici-client.js';

/** A complete answer with a status that was expected. */
export interface HttpAnswer {
  readonly status: number;
  /** The decoded body, `undefined` where decoding was not asked for. */
  readonly value: unknown;
  /** The size of the body as it came. */
  readonly bytes: Bytes;
  /** How long the request waited in a queue of the server, where the server says so (`queue` in `Server-Timing`). */
  readonly serverQueueMs?: Milliseconds;
  /** When the call had its connection, since it began. */
  readonly connectedMs?: Milliseconds;
  /** When the header of the answer was there, since the call began. */
  readonly firstByteMs?: Milliseconds;
}

// A mode's connections are idle while another mode has its turn, which can be minutes, so it is left to the server to
// close them: after 5 s (Node) to 75 s (nginx). Those that say so in a Keep-Alive header are believed.
const KEEP_ALIVE_MS = 3_600_000;

/**
 * Connections that are kept open and used again: one for each call in flight, so whoever limits the calls limits them.
 *
 * Each is an undici `Client`, and the idle ones wait in a stack, which costs the same whatever their number. undici's
 * `Pool` looks through all its clients for an idle one at each call (40 µs of it with 5,000), and its `Agent` gives a whole
 * pool up when a server closes one connection (nodejs/undici#5022).
 */
export class Connections {
  readonly #idle = new Map<string, Connection[]>();
  readonly #all = new Set<Connection>();
  readonly #connector = new Connector();
  readonly #aborts = new AbortWatch();

  /**
   * Makes one call and reads its answer to the end. Redirects are followed where the request says so; the time limit is one
   * for all of them.
   *
   * Rejects with a `CallError` when the connection, the answer or its decoding fails, the time is up or `signal` fires.
   */
  call(request: HttpRequest, index: number, signal?: AbortSignal): Promise<HttpAnswer> {
    if (request.follow === 0) return this.#exchange(request, index, request.timeoutMs, signal);
    return followRedirects(request, index, (current, limitMs) =>
      this.#exchange(current, index, limitMs, signal),
    );
  }

  async #exchange(
    request: HttpRequest,
    index: number,
    limitMs: Milliseconds,
    signal: AbortSignal | undefined,
  ): Promise<HttpAnswer> {
    if (signal?.aborted === true) throw toCallError(new CallFault('ABORTED'), request, index);
    const pending = new PendingAnswer(request);
    const unwatch = signal === undefined ? undefined : this.#aborts.watch(signal, pending);
    const timer = setTimeout(() => pending.timeOut(), limitMs);
    const connection = this.#take(request);
    try {
      connection.client.dispatch(dispatchOptions(request), pending);
      return await pending.answer;
    } catch (error) {
      throw error instanceof Redirection ? error : toCallError(error, request, index);
    } finally {
      clearTimeout(timer);
      unwatch?.();
      if (pending.isComplete && request.keepAlive) this.#giveBack(request.pool, connection);
      else this.#drop(connection);
    }
  }

  /** The connections set up since this was last asked. */
  connecting(): Connecting {
    return this.#connector.takeReport();
  }

  /** Closes every connection at once; calls in flight fail. */
  async close(): Promise<void> {
    this.#idle.clear();
    await Promise.all([...this.#all].map((connection) => closeConnection(connection)));
    this.#all.clear();
  }

  #take({ origin, pool, keepAlive, trust }: HttpRequest): Connection {
    const idle = keepAlive ? this.#idle.get(pool)?.pop() : undefined;
    if (idle !== undefined) return idle;
    const { connect, giveUp } = this.#connector.open(trust);
    const client = new UndiciClient(origin, {
      connect,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      // One deadline covers the whole call (see `call`), so undici's own two are off.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const connection = { client, giveUp };
    this.#all.add(connection);
    return connection;
  }

  #giveBack(pool: string, connection: Connection): void {
    const idle = this.#idle.get(pool);
    if (idle === undefined) this.#idle.set(pool, [connection]);
    else idle.push(connection);
  }

  // Of a call that was given up an answer may still come, so its connection is of no further use.
  #drop(connection: Connection): void {
    this.#all.delete(connection);
    void closeConnection(connection);
  }
}

interface Connection {
  readonly client: Client;
  readonly giveUp: () => void;
}

function dispatchOptions(request: HttpRequest): Dispatcher.DispatchOptions {
  const { path, method, headers, keepAlive } = request;
  const body = request.body ?? null;
  // `reset` says "Connection: close"; left out, it is for undici to say, which does so after HEAD.
  return keepAlive ? { path, method, headers, body } : { path, method, headers, body, reset: true };
}

async function closeConnection({ client, giveUp }: Connection): Promise<void> {
  giveUp();
  await client.destroy();
}
