import type { Milliseconds } from '../../core/units.js';
import { TimeoutError } from '../errors.js';
import type { SocketAddress } from '../system/socket-address.js';
import { closeDescriptor, connectResult, openSocket, startConnect } from '../system/sockets.js';
import { SystemError } from '../system/system-error.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { Future } from '../tasks/future.js';
import { beginOperation, currentLoop } from '../tasks/running.js';
import { timeout } from '../tasks/timeout.js';

/**
 * Connects to the first of some addresses that can be connected to. Without one it fails with what tells most: that an
 * address refused, else that one did not answer, else that there is no way. The socket is the caller's.
 */
export function* connectToFirst(
  addresses: readonly SocketAddress[],
  deadlineMs: Milliseconds,
): Coroutine<number> {
  const loop = currentLoop();
  const errors: Error[] = [];
  for (const [index, address] of addresses.entries()) {
    const connecting = (): Coroutine<number> => connectTo(address);
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

function* connectTo(address: SocketAddress): Coroutine<number> {
  const fd = yield* connectSocket(address);
  try {
    // Given up just now: perhaps nobody is there any more who would close it.
    beginOperation();
    return fd;
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
