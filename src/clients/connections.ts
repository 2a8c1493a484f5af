import { Client } from 'undici';
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
 * Connections that are kept open and used again: one for each call in flight, so whoever limits the calls limits them.
 *
 * Each is an undici `Client`, and the idle ones wait in a stack, which costs the same whatever their number. undici's
 * `Pool` looks through all its clients for an idle one at each call (40 µs of it with 5,000), and its `Agent` gives a whole
 * pool up when a server closes one connection (nodejs/undici#5022).
 */
export class Connections {
  readonly #idle = new Map<string, Client[]>();
  readonly #all = new Set<Client>();
  readonly #connector = new Connector();
  readonly #watched = new Map<AbortSignal, Set<PendingAnswer>>();

  /**
   * Makes one call and reads its answer to the end.
   *
   * @throws {CallError} when the connection, the answer or its decoding fails, the time is up or `signal` fires.
   */
  async call(request: HttpRequest, index: number, signal?: AbortSignal): Promise<HttpAnswer> {
    const pending = new PendingAnswer(request);
    const undo = signal === undefined ? undefined : this.#abortWith(signal, pending);
    const timer = setTimeout(() => pending.timeOut(), request.timeoutMs);
    const client = this.#take(request.origin);
    try {
      const { path, method, headers } = request;
      client.dispatch({ path, method, headers }, pending);
      const answer = await pending.answer;
      this.#giveBack(request.origin, client);
      return answer;
    } catch (error) {
      if (pending.isComplete) this.#giveBack(request.origin, client);
      else this.#drop(client);
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
    this.#idle.clear();
    await Promise.all([...this.#all].map((client) => client.destroy()));
    this.#all.clear();
  }

  #take(origin: string): Client {
    const idle = this.#idle.get(origin)?.pop();
    if (idle !== undefined) return idle;
    const client = new Client(origin, {
      connect: this.#connector.connect,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // One deadline covers the whole call (see `call`), so undici's own two are off.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#all.add(client);
    return client;
  }

  #giveBack(origin: string, client: Client): void {
    const idle = this.#idle.get(origin);
    if (idle === undefined) this.#idle.set(origin, [client]);
    else idle.push(client);
  }

  // Of a call that was given up an answer may still come.
  #drop(client: Client): void {
    this.#all.delete(client);
    void client.destroy();
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
