import { Client } from 'undici';
import type { Connecting } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import type { HttpRequest } from './call-options.js';
import { AbortWatch } from './abort-watch.js';
import { CallFault, toCallError } from './call-errors.js';
import { Connector } from './connector.js';
import { PendingAnswer } from './pending-answer.js';

/** A complete answer: its status (200 to 299) and its decoded body, `undefined` where decoding was not asked for. */
export interface HttpAnswer {
  readonly status: number;
  readonly value: unknown;
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
   * Makes one call and reads its answer to the end.
   *
   * @throws {CallError} when the connection, the answer or its decoding fails, the time is up or `signal` fires.
   */
  async call(request: HttpRequest, index: number, signal?: AbortSignal): Promise<HttpAnswer> {
    if (signal?.aborted === true) throw toCallError(new CallFault('ABORTED'), request, index);
    const pending = new PendingAnswer(request);
    const unwatch = signal === undefined ? undefined : this.#aborts.watch(signal, pending);
    const timer = setTimeout(() => pending.timeOut(), request.timeoutMs);
    const connection = this.#take(request.origin);
    try {
      const { path, method, headers } = request;
      connection.client.dispatch({ path, method, headers }, pending);
      return await pending.answer;
    } catch (error) {
      throw toCallError(error, request, index);
    } finally {
      clearTimeout(timer);
      unwatch?.();
      if (pending.isComplete) this.#giveBack(request.origin, connection);
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

  #take(origin: string): Connection {
    const idle = this.#idle.get(origin)?.pop();
    if (idle !== undefined) return idle;
    const { connect, giveUp } = this.#connector.open();
    const client = new Client(origin, {
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

  #giveBack(origin: string, connection: Connection): void {
    const idle = this.#idle.get(origin);
    if (idle === undefined) this.#idle.set(origin, [connection]);
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

async function closeConnection({ client, giveUp }: Connection): Promise<void> {
  giveUp();
  await client.destroy();
}
