import { Agent } from 'undici';
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

/** Connections that are kept open and used again, at most `limit` of them for each origin. */
export class Connections {
  readonly #agent: Agent;
  readonly #connector = new Connector();
  readonly #watched = new Map<AbortSignal, Set<PendingAnswer>>();

  constructor(limit: number) {
    this.#agent = new Agent({
      connections: limit,
      connect: this.#connector.connect,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // One deadline covers the whole call (see `call`), so undici's own two are off.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
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
      this.#agent.dispatch(
        {
          origin: request.origin,
          path: request.path,
          method: request.method,
          headers: request.headers,
        },
        pending,
      );
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
    await this.#agent.destroy();
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
