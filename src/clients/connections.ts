import { Pool } from 'undici';
import { CallError } from '../core/call-error.js';
import type { Connecting } from '../core/run.js';
import type { HttpRequest } from './call-options.js';
import { toCallError } from './call-errors.js';
import { Connector } from './connector.js';
import { PendingAnswer } from './pending-answer.js';

/** A complete answer: its status (200 to 299) and its decoded body, `undefined` where decoding was not asked for. */
export interface HttpAnswer {
  readonly status: number;
  readonly value: unknown;
}

// Servers close idle connections after 5 s (Node) to 75 s (nginx); those that say so in a Keep-Alive header are believed.
const KEEP_ALIVE_MS = 30_000;

/**
 * Connections that are kept open and used again, at most `limit` of them for each origin.
 *
 * undici's `Agent` is a map of pools too, but it gives a whole pool up when a server closes one of its connections
 * (nodejs/undici#5022): a server that allows ten calls a connection then gets a new connection for nearly every call.
 */
export class Connections {
  readonly #limit: number;
  readonly #pools = new Map<string, Pool>();
  readonly #connector = new Connector();
  readonly #watched = new Map<AbortSignal, Set<PendingAnswer>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Makes one call and reads its answer to the end.
   *
   * @throws {CallError} when the connection, the answer or its decoding fails, the time is up or `signal` fires.
   */
  async call(request: HttpRequest, index: number, signal?: AbortSignal): Promise<HttpAnswer> {
    const pending = new PendingAnswer(request);
    const undo = signal === undefined ? undefined : this.#abortWith(signal, pending);
    const timer = setTimeout(() => pending.timeOut(), request.timeoutMs);
    try {
      const { path, method, headers } = request;
      this.#poolOf(request.origin).dispatch({ path, method, headers }, pending);
      return await pending.answer;
    } catch (error) {
      throw error instanceof CallError ? error : toCallError(error, request, index);
    } finally {
      clearTimeout(timer);
      undo?.();
    }
  }

  /** The connections set up since this was last asked. */
  connecting(): Connecting {
    return this.#connector.takeReport();
  }

  /** Closes every connection at once; calls in flight fail. */
  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }

  #poolOf(origin: string): Pool {
    let pool = this.#pools.get(origin);
    if (pool === undefined) {
      pool = new Pool(origin, {
        connections: this.#limit,
        connect: this.#connector.connect,
        keepAliveTimeout: KEEP_ALIVE_MS,
        // One deadline covers the whole call (see `call`), so undici's own two are off.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      this.#pools.set(origin, pool);
    }
    return pool;
  }

  // One listener a signal, whatever the number of calls: an EventTarget keeps its listeners in a list, and taking one of
  // 10,000 out of it means walking the list.
  #abortWith(signal: AbortSignal, pending: PendingAnswer): () => void {
    let watched = this.#watched.get(signal);
    if (watched === undefined) {
      const answers = new Set<PendingAnswer>();
      signal.addEventListener('abort', () => answers.forEach((answer) => answer.abort()), {
        once: true,
      });
      this.#watched.set(signal, answers);
      watched = answers;
    }
    const answers = watched;
    answers.add(pending);
    if (signal.aborted) pending.abort();
    return () => answers.delete(pending);
  }
}
