import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  EPOLL_ALONE,
  failureOf,
  inEverySetting,
  runChecked,
  withFolder,
} from '../../../test/support/stream-leaks.js';
import { passes, readAll, reset, WAYS, withAddress } from '../../../test/support/stream-pairs.js';
import { UsageError } from '../../core/errors.js';
import {
  connect,
  currentLoop,
  Event,
  EventLoop,
  gather,
  listen,
  SystemError,
  type Coroutine,
  type InternetAddress,
  type Stream,
} from '../index.js';

const LOOPBACK = { port: 0 };

inEverySetting('a server', (expectClean) => {
  it('serves many connections that come together', () =>
    expectClean(function* test() {
      const server = listen(LOOPBACK, echo);
      const clients = Array.from(
        { length: 200 },
        (_, number) =>
          function* client() {
            const stream = yield* connect(server.address);
            yield* stream.write(`hello ${number}`);
            yield* stream.end();
            const answer = String(yield* readAll(stream));
            reset(stream);
            return answer;
          },
      );
      const answers = yield* gather(clients);
      expect(answers).toEqual(clients.map((_, number) => `hello ${number}`));
      yield* server.close();
      expect([server.connections, server.refused]).toEqual([0, 0]);
    }));

  it('says where it listens, and that the place is taken', () =>
    expectClean(function* test() {
      const server = listen(LOOPBACK, echo);
      const { host, port } = server.address as InternetAddress;
      expect([host, port > 0]).toEqual(['127.0.0.1', true]);
      expect(() => listen({ port }, echo)).toThrow(
        `bind 127.0.0.1:${port}: address already in use (EADDRINUSE)`,
      );
      yield* server.close();
      yield* listen({ port }, echo).close();
      expect(() => listen({ host: 'localhost', port: 0 }, echo)).toThrow(UsageError);
    }));

  it('listens again on the path of a Unix socket that it has closed', () =>
    expectClean(() =>
      withFolder(function* test(folder) {
        const path = join(folder, 's');
        for (let time = 0; time < 2; time += 1) {
          const server = listen({ path }, echo);
          expect(() => listen({ path }, echo)).toThrow(/EADDRINUSE/);
          yield* server.close();
          expect(existsSync(path)).toBe(false);
        }
      }),
    ));

  it('goes on when a peer breaks off, ends too early or sends no end of line', () =>
    expectClean(function* test() {
      const server = listen(LOOPBACK, function* lines(stream) {
        for (;;) yield* stream.readUntil('\n', 10);
      });
      const broken = yield* connect(server.address);
      yield* passes(4);
      reset(broken);
      const early = yield* connect(server.address);
      yield* early.write('abc');
      yield* early.end();
      expect(yield* early.read()).toBeUndefined();
      early.close();
      const endless = yield* connect(server.address);
      yield* endless.write('0123456789abc');
      // What the server did not read makes it a reset.
      expect(yield* endOf(endless)).toMatch(/end|ECONNRESET/);
      endless.close();
      while (server.connections > 0) yield* passes(1);
      yield* server.close();
    }));

  it('cancels its handlers when it closes, and waits for what they do last', () =>
    expectClean(function* test() {
      const steps: string[] = [];
      const served = new Event();
      const server = listen(LOOPBACK, function* forEver(stream) {
        try {
          served.set();
          yield* stream.read();
        } finally {
          yield* passes(3);
          steps.push('finally');
        }
      });
      const stream = yield* connect(server.address);
      yield* served.wait();
      const closed = [server.close(), server.close()];
      steps.push('closing');
      for (const closing of closed) yield* closing;
      steps.push('closed');
      expect(steps).toEqual(['closing', 'finally', 'closed']);
      yield* endOf(stream);
      stream.close();
      yield* failureOf(connect(server.address), SystemError);
    }));

  it('closes connections whose handlers were cancelled before their first step', () =>
    expectClean(function* test() {
      const server = listen(LOOPBACK, echo);
      const stream = yield* connect(server.address);
      while (server.connections === 0) yield* passes(1);
      yield* server.close();
      expect(server.connections).toBe(0);
      yield* endOf(stream);
      stream.close();
    }));

  it('closes nothing but itself, however often it is closed', () =>
    expectClean(function* test() {
      const first = listen(LOOPBACK, echo);
      yield* first.close();
      const second = listen(LOOPBACK, echo);
      yield* first.close();
      reset(yield* connect(second.address));
      yield* second.close();
    }));
});

describe('a handler at fault', () => {
  it.each([new TypeError('at fault'), new SystemError('connect', 111)])(
    'ends the loop: %s',
    (fault) => {
      const loop = new EventLoop();
      const main = function* main(): Coroutine<void> {
        const server = listen(LOOPBACK, function* atFault() {
          yield* passes(1);
          throw fault;
        });
        const stream = yield* connect(server.address);
        try {
          yield* new Event().wait();
        } finally {
          stream.close();
          yield* server.close();
        }
      };
      expect(() => loop.run(main)).toThrow(fault);
      loop.close();
    },
  );
});

describe.each(WAYS)('connecting and closing (%s)', (way) => {
  it('leaves nothing, 10,000 times', () =>
    runChecked(EPOLL_ALONE, () =>
      withAddress(way, function* test(address) {
        const server = listen(address, echo);
        for (let time = 0; time < 10_000; time += 1) reset(yield* connect(server.address));
        while (server.connections > 0) yield* passes(1);
        expect(currentLoop().watches.size).toBe(1);
        yield* server.close();
      }),
    ));
});

function* echo(stream: Stream): Coroutine<void> {
  for (let bytes = yield* stream.read(); bytes !== undefined; bytes = yield* stream.read()) {
    yield* stream.write(bytes);
  }
}

function* endOf(stream: Stream): Coroutine<string> {
  try {
    yield* readAll(stream);
    return 'end';
  } catch (error) {
    return error instanceof SystemError ? error.code : 'another error';
  }
}
