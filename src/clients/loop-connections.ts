import type { Connecting } from '../core/run.js';
import { UsageError } from '../core/errors.js';
import type { Milliseconds } from '../core/units.js';
import { formatRequest } from '../http/format-request.js';
import { Handle } from '../loop/handle.js';
import type { EventLoop } from '../loop/event-loop.js';
import type { Coroutine } from '../loop/tasks/coroutine.js';
import { Semaphore } from '../loop/tasks/semaphore.js';
import { Task } from '../loop/tasks/task.js';
import { connectToFirst } from '../loop/streams/connect-socket.js';
import { AbortWatch } from './abort-watch.js';
import { CallFault } from './call-errors.js';
import type { HttpRequest } from './call-options.js';
import { MAX_CONNECTING } from './connecting-limits.js';
import { ConnectingReport } from './connecting-report.js';
import { Deadlines } from './deadlines.js';
import { KnownAddresses } from './known-addresses.js';
import { LoopCall } from './loop-call.js';
import { ParserStock } from './parser-stock.js';
import { LoopConnection, type ConnectionKeeper } from './loop-connection.js';

// A connection that has rested for longer may have been ended by the server while this loop did not run.
const RESTED_MS: Milliseconds = 500;

/**
 * Connections on our own event loop that are kept open and used again: one for each call in flight. The face is that of
 * `Connections`, and the errors are the same.
 */
export class LoopConnections implements ConnectionKeeper {
  readonly #loop: EventLoop;
  readonly #idle = new Map<string, LoopConnection[]>();
  readonly #all = new Set<LoopConnection>();
  readonly #unconnected = new Set<LoopCall>();
  readonly #slots = new Semaphore(MAX_CONNECTING);
  readonly #addresses = new KnownAddresses();
  readonly #report = new ConnectingReport();
  readonly #parsers = new ParserStock();
  readonly #aborts = new AbortWatch();
  readonly #deadlines: Deadlines;
  #request: HttpRequest | undefined;
  #bytes: Uint8Array = new Uint8Array();
  #lastCallMs: Milliseconds = 0;

  constructor(loop: EventLoop) {
    this.#loop = loop;
    this.#deadlines = new Deadlines(loop, this.#expire);
  }

  /**
   * Makes one call. Fails with a `CallError` when the connection, the answer or its decoding fails, the time is up or
   * `signal` fires.
   *
   * @throws {UsageError} for https and redirects, which are not for this loop.
   */
  call(request: HttpRequest, index: number, signal?: AbortSignal): LoopCall {
    if (signal !== undefined) return this.#watched(request, index, signal);
    if (request !== this.#request) this.#prepare(request);
    const nowMs = this.#loop.time();
    const call = new LoopCall(this.#loop, request, index, nowMs + request.timeoutMs);
    this.#deadlines.note(call.deadlineMs);
    const idle = request.keepAlive ? this.#takeIdle(request.origin, nowMs) : undefined;
    this.#lastCallMs = nowMs;
    if (idle === undefined) this.#connectFor(call);
    else idle.begin(call, this.#bytes);
    return call;
  }

  #watched(request: HttpRequest, index: number, signal: AbortSignal): LoopCall {
    if (signal.aborted) {
      const call = new LoopCall(this.#loop, request, index, Infinity);
      call.abort();
      return call;
    }
    const call = this.call(request, index);
    const unwatch = this.#aborts.watch(signal, call);
    call.wakeWhenDone(new Handle('callback', unwatch));
    return call;
  }

  /** The connections set up since this was last asked. */
  connecting(): Connecting {
    return this.#report.take();
  }

  /** Closes every connection at once; calls in flight fail. */
  close(): void {
    this.#deadlines.close();
    this.#idle.clear();
    for (const call of this.#unconnected) call.fail(new CallFault('ABORTED'));
    for (const connection of this.#all) {
      connection.call?.fail(new CallFault('ABORTED'));
      connection.close();
    }
  }

  becameIdle(connection: LoopConnection): void {
    const idle = this.#idle.get(connection.origin);
    if (idle === undefined) this.#idle.set(connection.origin, [connection]);
    else idle.push(connection);
  }

  isGone(connection: LoopConnection): void {
    this.#all.delete(connection);
    if (!connection.isIdle) return;
    const idle = this.#idle.get(connection.origin) ?? [];
    const at = idle.lastIndexOf(connection);
    if (at !== -1) idle.splice(at, 1);
  }

  #takeIdle(origin: string, nowMs: Milliseconds): LoopConnection | undefined {
    const idle = this.#idle.get(origin);
    if (idle === undefined) return undefined;
    const hasRested = nowMs - this.#lastCallMs > RESTED_MS;
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
      if (!hasRested || !last.isStale()) return last;
    }
    return undefined;
  }

  // The same request is sent again and again, so its bytes are made once.
  #prepare(request: HttpRequest): void {
    const refusal = whyNotSpoken(request);
    if (refusal !== undefined) throw new UsageError(refusal);
    const url = new URL(request.url);
    const { method, path: target, body, keepAlive } = request;
    const headers = keepAlive ? request.headers : { ...request.headers, connection: 'close' };
    this.#bytes = formatRequest({ method, target, host: url.host, headers, body });
    this.#request = request;
  }

  #connectFor(call: LoopCall): void {
    this.#unconnected.add(call);
    const bytes = this.#bytes;
    const task = new Task(this.#loop, () => this.#connect(call, bytes), { name: 'connecting' });
    call.giveUp = () => {
      this.#unconnected.delete(call);
      task.cancel();
    };
  }

  *#connect(call: LoopCall, bytes: Uint8Array): Coroutine<void> {
    try {
      const fd = yield* this.#slots.use(() => this.#connectSocket(call));
      this.#unconnected.delete(call);
      const { origin } = call.request;
      const connection = new LoopConnection(this.#loop, fd, origin, this.#parsers, this);
      this.#all.add(connection);
      connection.begin(call, bytes);
    } catch (error) {
      call.giveUp = undefined;
      this.#unconnected.delete(call);
      call.fail(error);
    }
  }

  *#connectSocket({ request, deadlineMs }: LoopCall): Coroutine<number> {
    const url = new URL(request.url);
    const hosts = yield* this.#addresses.of(url.hostname.replace(/^\[|\]$/g, ''));
    const port = url.port === '' ? 80 : Number(url.port);
    this.#report.began();
    let isConnected = false;
    try {
      const addresses = hosts.map((host) => ({ host, port }));
      const fd = yield* connectToFirst(addresses, deadlineMs);
      isConnected = true;
      return fd;
    } finally {
      this.#report.ended(isConnected);
    }
  }

  // Returns the next deadline.
  readonly #expire = (nowMs: Milliseconds): Milliseconds => {
    let nextMs = Infinity;
    const look = (call: LoopCall): void => {
      if (call.deadlineMs <= nowMs) call.fail(new CallFault('TIMEOUT'));
      else nextMs = Math.min(nextMs, call.deadlineMs);
    };
    for (const call of this.#unconnected) look(call);
    for (const connection of this.#all) if (connection.call !== undefined) look(connection.call);
    return nextMs;
  };
}

/** Why a request cannot be made by `LoopConnections`, as a sentence; `undefined` when it can. */
export function whyNotSpoken(request: HttpRequest): string | undefined {
  const others = "the modes on Node's loop (sync, sequential, async; --on node)";
  if (!request.origin.startsWith('http:')) {
    return `our own event loop speaks http only, and ${request.origin} is https; ${others} speak both`;
  }
  if (request.follow === 0) return undefined;
  return `our own event loop follows no redirects; ${others} follow them, and without --follow it can be used`;
}
