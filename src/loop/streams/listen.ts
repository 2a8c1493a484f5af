import { rmSync, statSync } from 'node:fs';
import { Handle } from '../handle.js';
import type { SocketAddress } from '../system/socket-address.js';
import {
  closeDescriptor,
  localAddress,
  openSocket,
  sendAtOnce,
  startListening,
} from '../system/sockets.js';
import { SystemError } from '../system/system-error.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { Future } from '../tasks/future.js';
import { currentLoop } from '../tasks/running.js';
import { startTask, type Task } from '../tasks/task.js';
import { Acceptor } from './acceptor.js';
import { Stream } from './stream.js';
import { StreamClosedError, StreamEndedError, StreamLimitError } from './stream-errors.js';

/** Serves one connection. The stream is closed when it is done. */
export type ConnectionHandler = (stream: Stream) => Coroutine<void>;

/** How to listen. */
export interface ListenOptions {
  /** Connections that the kernel holds until they are accepted: 511 unless said otherwise. */
  readonly backlog?: number;
}

const BACKLOG = 511;

/** A server that listens. */
export interface Server {
  /** Where it listens, with the port that the system chose when 0 was asked for. */
  readonly address: SocketAddress;
  /** Connections that are being served. */
  readonly connections: number;
  /** Connections that were refused because there was no descriptor left. */
  readonly refused: number;
  /** Stops listening and cancels the handlers at once; waiting for it waits until they have ended. */
  close(): Task<void>;
}

/**
 * Listens on a numeric address (127.0.0.1 unless another is named) or a Unix path, and starts a task for each connection.
 * A handler that fails because of its peer (reset, ended too early, a line without end) ends that connection; any
 * other error ends the loop, since it is a fault of the program.
 *
 * @throws {SystemError} when the address is taken (`EADDRINUSE`) or not of this machine.
 * @throws {UsageError} when it is no address.
 */
export function listen(
  where: { readonly host?: string; readonly port: number } | { readonly path: string },
  handler: ConnectionHandler,
  options: ListenOptions = {},
): Server {
  const loop = currentLoop();
  const address: SocketAddress = 'path' in where ? where : { host: '127.0.0.1', ...where };
  const fd = openSocket(address);
  try {
    startListening(fd, address, options.backlog ?? BACKLOG);
  } catch (error) {
    closeDescriptor(fd);
    throw error;
  }
  const inode = inodeOf(address);
  const tasks = new Set<Task<void>>();
  let lastEnded: Future<void> | undefined;
  let closing: Task<void> | undefined;
  const acceptor = new Acceptor(loop, fd, (accepted) => {
    if ('host' in address) sendAtOnce(accepted);
    const stream = new Stream(loop, accepted);
    const task = startTask(() => serve(stream, handler), { name: handler.name || 'connection' });
    tasks.add(task);
    // Not in the task, which may be cancelled before its first step.
    const over = (): void => {
      stream.close();
      tasks.delete(task);
      if (tasks.size === 0) lastEnded?.resolve(undefined);
    };
    task.wakeWhenDone(new Handle('callback', over));
    // Nobody was told of an error by that.
    task.isObserved = false;
  });
  const stop = (): void => {
    // A path that was bound stays when its socket is gone, and would refuse the next who listens.
    if ('path' in address && inodeOf(address) === inode) rmSync(address.path, { force: true });
    acceptor.close();
    for (const task of tasks) task.cancel();
  };
  return {
    address: localAddress(fd),
    get connections() {
      return tasks.size;
    },
    get refused() {
      return acceptor.refused;
    },
    close() {
      if (closing === undefined) stop();
      closing ??= startTask(function* allEnded() {
        lastEnded = new Future(loop);
        if (tasks.size > 0) yield* lastEnded;
      });
      return closing;
    },
  };
}

function* serve(stream: Stream, handler: ConnectionHandler): Coroutine<void> {
  try {
    yield* handler(stream);
    if (!stream.isClosed) yield* stream.end();
  } catch (error) {
    if (!isOfPeer(error)) throw error;
  }
}

// What can be asked of a connection; a handler that listens or connects itself has reasons of its own to fail.
const OF_A_CONNECTION: ReadonlySet<string> = new Set(['read', 'write', 'getpeername']);

function isOfPeer(error: unknown): boolean {
  return (
    (error instanceof SystemError && OF_A_CONNECTION.has(error.syscall)) ||
    error instanceof StreamEndedError ||
    error instanceof StreamLimitError ||
    error instanceof StreamClosedError
  );
}

function inodeOf(address: SocketAddress): number | undefined {
  if ('host' in address) return undefined;
  return statSync(address.path, { throwIfNoEntry: false })?.ino;
}
