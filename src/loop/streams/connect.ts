import { UsageError } from '../../core/errors.js';
import type { Milliseconds } from '../../core/units.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { currentLoop } from '../tasks/running.js';
import type { Task } from '../tasks/task.js';
import { timeout } from '../tasks/timeout.js';
import { checkPath, checkPort, type SocketAddress } from '../system/socket-address.js';
import { connectToFirst } from './connect-socket.js';
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
    return new Stream(currentLoop(), yield* connectToFirst(addresses, deadlineMs));
  });
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
