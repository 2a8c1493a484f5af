import { join } from 'node:path';
import { expect, it } from 'vitest';
import { failureOf, inEverySetting, withFolder } from '../../../test/support/stream-leaks.js';
import { passes, reset } from '../../../test/support/stream-pairs.js';
import { runThreadsChecked } from '../../../test/support/stream-threads.js';
import { UsageError } from '../../core/errors.js';
import {
  CancelledError,
  connect,
  currentLoop,
  listen,
  NameError,
  startTask,
  SystemError,
  TimeoutError,
  type Coroutine,
  type InternetAddress,
  type Server,
  type Stream,
} from '../index.js';
import { formatAddress } from '../system/socket-address.js';
import {
  closeDescriptor,
  localAddress,
  openSocket,
  peerAddress,
  startListening,
} from '../system/sockets.js';
import { connectSocket, connectToFirst } from './connect-socket.js';

const LOOPBACK = { host: '127.0.0.1', port: 0 };

inEverySetting('connecting', (expectClean, setting) => {
  it('is told of a refusal', () =>
    expectClean(function* test() {
      const address = yield* closedPort();
      const error = yield* failureOf(connect(address), SystemError);
      expect(error.message).toBe(
        `connect ${formatAddress(address)}: connection refused (ECONNREFUSED)`,
      );
    }));

  it('is told of a Unix socket that is not there', () =>
    expectClean(() =>
      withFolder(function* test(folder) {
        const error = yield* failureOf(connect({ path: join(folder, 's') }), SystemError);
        expect(error.code).toBe('ENOENT');
      }),
    ));

  it('knows both addresses of a connection, over IPv4 and IPv6', () =>
    expectClean(function* test() {
      for (const host of ['127.0.0.1', '::1']) {
        const server = listen({ host, port: 0 }, drain);
        const stream = yield* connect(server.address);
        expect(stream.peerAddress()).toEqual(server.address);
        expect(stream.localAddress()).toMatchObject({ host });
        stream.close();
        yield* server.close();
      }
    }));

  it('takes the next address when one refuses', () =>
    expectClean(function* test() {
      const server = listen(LOOPBACK, drain);
      const refusing = yield* closedPort();
      const deadlineMs = currentLoop().time() + 20_000;
      const fd = yield* connectToFirst([refusing, server.address], deadlineMs);
      expect(peerAddress(fd)).toEqual(server.address);
      closeDescriptor(fd);
      yield* server.close();
    }));

  it('takes the next address when one does not answer in its share of the time', () =>
    expectClean(() =>
      withSilentPort(function* test(silent) {
        const server = listen(LOOPBACK, drain);
        const deadlineMs = currentLoop().time() + 100;
        const fd = yield* connectToFirst([silent, server.address], deadlineMs);
        expect(peerAddress(fd)).toEqual(server.address);
        closeDescriptor(fd);
        yield* server.close();
      }),
    ));

  it('tells of the address that refused rather than of those without a way or an answer', () =>
    expectClean(() =>
      withSilentPort(function* test(silent) {
        const refusing = yield* closedPort();
        const noWay = { host: '255.255.255.255', port: 9 };
        const addresses = [silent, noWay, refusing, noWay];
        const deadlineMs = currentLoop().time() + 60;
        const error = yield* failureOf(() => connectToFirst(addresses, deadlineMs), SystemError);
        expect(error.code).toBe('ECONNREFUSED');
      }),
    ));

  it('gives up after the time that was allowed', () =>
    expectClean(() =>
      withSilentPort(function* test(silent) {
        const error = yield* failureOf(connect(silent, { timeoutMs: 20 }), TimeoutError);
        expect(error.message).toBe('connecting took longer than 20.0 ms');
      }),
    ));

  it('can be cancelled while it waits for an answer', () =>
    expectClean(() =>
      withSilentPort(function* test(silent) {
        const task = startTask(connect(silent));
        yield* passes(6);
        expect(task.isDone).toBe(false);
        const open = currentLoop().watches.size;
        task.cancel();
        yield* failureOf(task, CancelledError);
        expect(currentLoop().watches.size).toBe(open - 1);
      }),
    ));

  it.each(['127.0.0.1', 'localhost'])('can be cancelled at any point of its way to %s', (host) =>
    runThreadsChecked(setting, function* test() {
      const server = listen(LOOPBACK, drain);
      const { port } = server.address as InternetAddress;
      let [connected, cancelled] = [0, 0];
      for (let point = 0; point < 24; point += 1) {
        const task = startTask(() => connectAndReset({ host, port }));
        yield* passes(point);
        task.cancel();
        try {
          yield* task;
          connected += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(CancelledError);
          cancelled += 1;
        }
      }
      expect(cancelled).toBeGreaterThan(0);
      expect(connected + cancelled).toBe(24);
      yield* server.close();
    }),
  );

  it('looks names up, and gives those that nobody knows a NameError', () =>
    runThreadsChecked(setting, function* test() {
      const server = listen(LOOPBACK, drain);
      yield* connectAndReset({ host: 'localhost', port: portOf(server) });
      const error = yield* failureOf(connect({ host: 'a..b', port: 9 }), NameError);
      expect([error.code, error.message]).toEqual([
        'ENOTFOUND',
        'the name a..b could not be resolved to an address (ENOTFOUND)',
      ]);
      yield* server.close();
    }));

  it('is refused without a port, host or path that can be', () =>
    expectClean(function* test() {
      yield* passes(1);
      expect(() => connect({ host: '127.0.0.1', port: 65_536 })).toThrow(
        new UsageError('expected a port from 0 to 65535, got 65536'),
      );
      expect(() => connect({ host: 'localhost', port: 1.5 })).toThrow(UsageError);
      expect(() => connect({ host: '', port: 1 })).toThrow(
        new UsageError('expected a host name or an IP address, got ""'),
      );
      expect(() => connect({ path: 'p'.repeat(108) })).toThrow(
        /^expected a path of 1 to 107 bytes for a Unix socket, got "pp/,
      );
    }));
});

function* drain(stream: Stream): Coroutine<void> {
  while ((yield* stream.read()) !== undefined);
}

function* connectAndReset(target: { host: string; port: number }): Coroutine<void> {
  reset(yield* connect(target));
}

function portOf(server: Server): number {
  return (server.address as InternetAddress).port;
}

/** A port of this machine on which nobody listens. */
function* closedPort(): Coroutine<InternetAddress> {
  const server = listen(LOOPBACK, drain);
  yield* server.close();
  return server.address as InternetAddress;
}

/** A port that answers nobody: as many connections wait to be accepted as it takes. */
function* withSilentPort(work: (address: InternetAddress) => Coroutine<void>): Coroutine<void> {
  const fd = openSocket(LOOPBACK);
  const waiting: number[] = [fd];
  try {
    startListening(fd, LOOPBACK, 0);
    const address = localAddress(fd) as InternetAddress;
    for (;;) {
      const connected = connectSocket(address);
      yield* passes(10);
      if (connected.cancel()) break;
      waiting.push(connected.result());
    }
    yield* work(address);
  } finally {
    for (const open of waiting) closeDescriptor(open);
  }
}
