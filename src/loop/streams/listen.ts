import type { SocketAddress } from '../system/socket-address.js';
import { closeDescriptor, localAddress, openSocket, startListening } from '../system/sockets.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { CancelledError } from '../errors.js';
import { Handle } from '../handle.js';
import { SystemError } from '../system/system-error.js';
import { currentLoop } from '../tasks/running.js';
import { startTask, type Task } from '../tasks/task.js';
import { Acceptor } from './acceptor.js';
import { Stream } from './stream.js';
import { StreamClosedError, StreamEndedError } from './stream-errors.js';

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
  /** Stops listening and gives up the connections; `yield*` waits until their handlers have ended. */
  close(): Coroutine<void>;
}

/**
 * Listens on a numeric address (127.0.0.1 unless another is named) or a Unix path, and starts a task for each connection.
 * A handler that fails because of its peer (reset, ended too early) ends that connection; any other error ends the loop,
 * since it is a fault of the program. Throws `SystemError` (`EADDRINUSE`).
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
  const tasks = new Set<Task<void>>();
  const acceptor = new Acceptor(loop, fd, (accepted) => {
    const stream = new Stream(loop, accepted);
    const task = startTask(() => serve(stream, handler), { name: handler.name || 'connection' });
    tasks.add(task);
    // Not in the task, which may be cancelled before its first step.
    const over = (): void => {
      stream.close();
      tasks.delete(task);
    };
    task.wakeWhenDone(new Handle('callback', over));
    task.isObserved = false;
  });
  return {
    address: localAddress(fd),
    get connections() {
      return tasks.size;
    },
    get refused() {
      return acceptor.refused;
    },
    *close() {
      acceptor.close();
      const left = [...tasks];
      for (const task of left) task.cancel();
      for (const task of left) yield* endOf(task);
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

function isOfPeer(error: unknown): boolean {
  return (
    error instanceof SystemError ||
    error instanceof StreamEndedError ||
    error instanceof StreamClosedError
  );
}

function* endOf(task: Task<void>): Coroutine<void> {
  try {
    yield* task;
  } catch (error) {
    if (!task.isCancelled || !(error instanceof CancelledError)) throw error;
  }
}
