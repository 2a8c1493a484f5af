import type { Milliseconds } from '../../core/units.js';
import { resolveName } from './resolve-name.js';
import type { EventLoop } from '../event-loop.js';
import { Future } from '../tasks/future.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { beginOperation, currentLoop } from '../tasks/running.js';
import { startOwnedTask, type Task } from '../tasks/task.js';
import { timeout } from '../tasks/timeout.js';
import type { SocketAddress } from '../system/socket-address.js';
import { closeDescriptor, connectResult, openSocket, startConnect } from '../system/sockets.js';
import { SystemError } from '../system/system-error.js';
import { Stream } from './stream.js';

/** Where to connect to: a port of a host, by name or address, or the path of a Unix socket. */
export type ConnectTarget =
  { readonly host: string; readonly port: number } | { readonly path: string };

/** How to connect. */
export interface ConnectOptions {
  /** Limit for looking up the name and connecting together: 30 s unless said otherwise. */
  readonly timeoutMs?: Milliseconds;
}

const TIMEOUT_MS: Milliseconds = 30_000;

/**
 * Connects, trying the addresses of a name one after another. Fails with a `SystemError` (`ECONNREFUSED`, `ENOTFOUND`…) of
 * the last attempt, or a `TimeoutError`.
 */
export function connect(target: ConnectTarget, options: ConnectOptions = {}): Task<Stream> {
  const { timeoutMs = TIMEOUT_MS } = options;
  const loop = currentLoop();
  return timeout(
    timeoutMs,
    startOwnedTask(() => connectSteps(loop, target), { name: 'connecting' }),
  );
}

function* connectSteps(loop: EventLoop, target: ConnectTarget): Coroutine<Stream> {
  const addresses = 'path' in target ? [target] : yield* resolveTarget(target);
  let last: unknown;
  for (const address of addresses) {
    try {
      return new Stream(loop, yield* connectSocket(address));
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      last = error;
    }
  }
  throw last;
}

function* resolveTarget(target: { host: string; port: number }): Coroutine<SocketAddress[]> {
  const hosts = yield* resolveName(target.host);
  return hosts.map((host) => ({ host, port: target.port }));
}

/** Connects a new socket to a numeric address. Given up, the socket is closed. Fails with a `SystemError`. */
export function connectSocket(address: SocketAddress): Future<number> {
  const loop = beginOperation();
  const fd = openSocket(address);
  try {
    if (startConnect(fd, address)) return Future.of(loop, fd);
  } catch (error) {
    closeDescriptor(fd);
    return Future.failed(loop, error);
  }
  const end = (): void => {
    writer.cancel();
    closeDescriptor(fd);
  };
  const future = new Future<number>(loop, end);
  const writer = loop.addWriter(fd, () => {
    try {
      connectResult(fd, address);
      writer.cancel();
      future.resolve(fd);
    } catch (error) {
      end();
      future.reject(error);
    }
  });
  return future;
}
