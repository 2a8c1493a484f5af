import { join } from 'node:path';
import {
  connect,
  currentLoop,
  Event,
  Future,
  listen,
  Queue,
  type Coroutine,
  type SocketAddress,
  type Stream,
} from '../../src/loop/index.js';
import { libc } from '../../src/loop/system/libc.js';
import { withFolder } from './stream-leaks.js';

const SOL_SOCKET = 1;
const SO_LINGER = 13;

/** How two streams are connected. */
export type Way = 'tcp' | 'unix';

/** Both ways. */
export const WAYS: readonly Way[] = ['tcp', 'unix'];

/** Does `work` with an address to listen on. */
export function* withAddress(
  way: Way,
  work: (address: SocketAddress) => Coroutine<void>,
): Coroutine<void> {
  if (way === 'tcp') yield* work({ host: '127.0.0.1', port: 0 });
  else yield* withFolder((folder) => work({ path: join(folder, 's') }));
}

/** Does `work` with the two ends of a connection, and closes both. */
export function withPair(
  way: Way,
  work: (near: Stream, far: Stream) => Coroutine<void>,
): Coroutine<void> {
  return withAddress(way, function* connected(address) {
    const arrived = new Queue<Stream>();
    const over = new Event();
    const server = listen(address, function* hold(stream) {
      yield* arrived.put(stream);
      yield* over.wait();
      stream.close();
    });
    const near = yield* connect(server.address);
    try {
      yield* work(near, yield* arrived.take());
    } finally {
      near.close();
      over.set();
      yield* server.close();
    }
  });
}

/** Closes a stream so that the other side is told of a reset, and that no port is held for a minute. */
export function reset(stream: Stream): void {
  libc().setsockopt(stream.fd, SOL_SOCKET, SO_LINGER, new Int32Array([1, 0]), 8);
  stream.close();
}

/** Lets the loop make so many passes. */
export function* passes(count: number): Coroutine<void> {
  const loop = currentLoop();
  for (let pass = 0; pass < count; pass += 1) {
    const future = new Future<void>(loop);
    loop.callSoon(() => future.resolve(undefined));
    yield* future;
  }
}

/** Everything that comes until the end. */
export function* readAll(stream: Stream, most?: number): Coroutine<Buffer> {
  const pieces: Buffer[] = [];
  for (;;) {
    const piece = yield* stream.read(most);
    if (piece === undefined) return Buffer.concat(pieces);
    pieces.push(piece);
  }
}

/** A descriptor that is always ready, for reading and for writing. */
export function* withReadyDescriptor(work: (fd: number) => Coroutine<void>): Coroutine<void> {
  const fd = libc().eventfd(1, 0);
  try {
    yield* work(fd);
  } finally {
    libc().close(fd);
  }
}
