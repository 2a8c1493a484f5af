import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  EPOLL_ALONE,
  failureOf,
  runChecked,
  settings,
} from '../../../test/support/stream-leaks.js';
import { withPortOf } from '../../../test/support/port-of-child.js';
import { readAll } from '../../../test/support/stream-pairs.js';
import { connect, gather, startTask, SystemError, type Coroutine, type Stream } from '../index.js';

const HOST = '127.0.0.1';
const HIGH_MARK = 65_536;

describe.each(settings.slice(0, 2))("a peer made of Node's sockets ($name)", (setting) => {
  it('gets 64 MiB the same although it reads slowly, and few of them wait', () =>
    withPortOf('node-peer.mjs', ['hash'], (port) =>
      runChecked(setting, function* test() {
        const stream = yield* connect({ host: HOST, port });
        const digest = createHash('sha256');
        let mostWaiting = 0;
        for (let number = 0; number < 1024; number += 1) {
          const piece = number < 16 ? randomBytes(HIGH_MARK) : Buffer.alloc(HIGH_MARK, number);
          digest.update(piece);
          const written = stream.write(piece);
          mostWaiting = Math.max(mostWaiting, stream.waitingBytes);
          yield* written;
        }
        yield* stream.end();
        expect(String(yield* readAll(stream))).toBe(digest.digest('hex'));
        expect(mostWaiting).toBeLessThanOrEqual(2 * HIGH_MARK);
        stream.close();
      }),
    ));

  it('breaks off, and whoever reads is told', () =>
    withPortOf('node-peer.mjs', ['reset'], (port) =>
      runChecked(setting, function* test() {
        const stream = yield* connect({ host: HOST, port });
        const reader = startTask(stream.read());
        yield* stream.write('go');
        expect((yield* failureOf(reader, SystemError)).code).toBe('ECONNRESET');
        stream.close();
      }),
    ));
});

describe('a server with few descriptors', () => {
  it('refuses some, does not spin, and serves again when there are some', () =>
    withPortOf(
      'scarce-server.mjs',
      [],
      (port) =>
        runChecked(EPOLL_ALONE, function* test() {
          const clients = yield* gather(Array.from({ length: 100 }, () => () => greeted(port)));
          const served = clients.filter((client) => client !== undefined);
          expect([served.length > 10, served.length < 64]).toEqual([true, true]);
          for (const stream of served) stream.close();
          const { refused, selects } = yield* ask(port);
          // Whoever asks may be refused too, while the server has not yet seen that the others left.
          expect(refused).toBeGreaterThanOrEqual(100 - served.length);
          expect(selects).toBeLessThan(1000);
        }),
      64,
    ));

  it('tries again a little later when it has not even one to spare', () =>
    withPortOf(
      'scarce-server.mjs',
      ['full'],
      (port) =>
        runChecked(EPOLL_ALONE, function* test() {
          const { refused, selects } = yield* ask(port);
          expect(refused).toBe(0);
          expect(selects).toBeLessThan(100);
        }),
      64,
    ));
});

/** A stream that was greeted; `undefined` when it was refused. */
function* greeted(port: number): Coroutine<Stream | undefined> {
  const stream = yield* connect({ host: HOST, port });
  try {
    if ((yield* stream.read())?.toString() === 'hello') return stream;
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
  }
  stream.close();
  return undefined;
}

/** What the server has counted, as soon as it serves. */
function* ask(port: number): Coroutine<{ refused: number; selects: number }> {
  let stream: Stream | undefined;
  while (stream === undefined) stream = yield* greeted(port);
  yield* stream.write('\n');
  const answer = yield* stream.read();
  stream.close();
  return JSON.parse(String(answer)) as { refused: number; selects: number };
}
