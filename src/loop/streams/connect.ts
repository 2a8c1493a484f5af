import { UsageError } from '../../core/errors.js';
import type { Milliseconds } from '../../core/units.js';
import { TimeoutError } from '../errors.js';
import type { EventLoop } from '../event-loop.js';
import { Future } from '../tasks/future.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { beginOperation, currentLoop } from '../tasks/running.js';
import type { Task } from '../tasks/task.js';
import { timeout } from '../tasks/timeout.js';
import { checkPath, checkPort, type SocketAddress } from '../system/socket-address.js';
import { closeDescriptor, connectResult, openSocket, startConnect } from '../system/sockets.js';
import { SystemError } from '../system/system-error.js';
import { resolveName } from './resolve-name.js';
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
 * Connects, trying the addresses of a name one after another, each for an equal share of the time that is left. Fails with a
 * `NameError`, a `SystemError` (`ECONNREFUSED`), or a `TimeoutError`.
 *
 * @throws {UsageError} when there can be no such port, host or path.
 */
export function connect(target: ConnectTarget, options: ConnectOptions = {}): Task<Stream> {
  const { timeoutMs = TIMEOUT_MS } = options;
  checkTarget(target);
  return timeout(timeoutMs, function* connecting() {
    const deadlineMs = currentLoop().time() + timeoutMs;
    const addresses = 'path' in target ? [target] : yield* resolveTarget(target);
    return yield* connectToFirst(addresses, deadlineMs);
  });
}

/**
 * Connects to the first of some addresses that can be connected to. Without one it fails with what tells most: that an
 * address refused, else that one did not answer, else that there is no way.
 */
export function* connectToFirst(
  addresses: readonly SocketAddress[],
  deadlineMs: Milliseconds,
): Coroutine<Stream> {
  const loop = currentLoop();
  const errors: Error[] = [];
  for (const [index, address] of addresses.entries()) {
    const connecting = (): Coroutine<Stream> => connectTo(loop, address);
    const others = addresses.length - 1 - index;
    try {
      // Whoever asked sees to the time of the last.
      if (others === 0) return yield* connecting();
      return yield* timeout((deadlineMs - loop.time()) / (others + 1), connecting);
    } catch (error) {
      if (!(error instanceof SystemError || error instanceof TimeoutError)) throw error;
      errors.push(error);
    }
  }
  throw errors.toSorted((a, b) => emptiness(a) - emptiness(b))[0];
}

function* connectTo(loop: EventLoop, address: SocketAddress): Coroutine<Stream> {
  const fd = yield* connectSocket(address);
  try {
    // Given up just now: perhaps nobody is there any more who would close it.
    beginOperation();
    return new Stream(loop, fd);
  } catch (error) {
    closeDescriptor(fd);
    throw error;
  }
}

// What this machine says when there is no way from here.
const NO_WAY: ReadonlySet<string> = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
]);

function emptiness(error: Error): number {
  if (error instanceof TimeoutError) return 1;
  return error instanceof SystemError && NO_WAY.has(error.code) ? 2 : 0;
}

function checkTarget(target: ConnectTarget): void {
  if ('path' in target) checkPath(target.path);
  else checkPort(target.port);
  if ('host' in target && target.host === '') {
    throw new UsageError('expected a host name or an IP address, got ""');
  }
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
