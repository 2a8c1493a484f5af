import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EPOLL_ALONE,
  failureOf,
  inEverySetting,
  runChecked,
  settings,
} from '../../../test/support/stream-leaks.js';
import { passes, readAll, reset, WAYS, withPair } from '../../../test/support/stream-pairs.js';
import { UsageError } from '../../core/errors.js';
import {
  CancelledError,
  gather,
  StreamClosedError,
  startTask,
  SystemError,
  type Coroutine,
  type Stream,
} from '../index.js';

const HIGH_MARK = 65_536;

describe.each(WAYS)('a stream (%s)', (way) => {
  inEverySetting('between two tasks', (expectClean) => {
    it('ends one half and goes on with the other, both ways', () =>
      expectClean(() =>
        withPair(way, function* test(near, far) {
          yield* near.write('question');
          yield* near.end();
          expect(String(yield* readAll(far))).toBe('question');
          yield* far.write('answer');
          yield* far.end();
          expect(String(yield* readAll(near))).toBe('answer');
          expect([yield* far.read(), yield* near.read()]).toEqual([undefined, undefined]);
        }),
      ));

    it('refuses to write after the end', () =>
      expectClean(() =>
        withPair(way, function* test(near) {
          yield* near.end();
          yield* near.end();
          expect(() => near.write('more')).toThrow(UsageError);
        }),
      ));

    it('gives a waiting reader a StreamClosedError when it is closed', () =>
      expectClean(() =>
        withPair(way, function* test(near) {
          const reader = startTask(near.read());
          yield* passes(2);
          near.close();
          near.close();
          yield* failureOf(reader, StreamClosedError);
          yield* failureOf(near.write('more'), StreamClosedError);
          expect(() => near.localAddress()).toThrow(StreamClosedError);
          expect(() => near.peerAddress()).toThrow(StreamClosedError);
        }),
      ));

    it('gives waiting writers a StreamClosedError when it is closed', () =>
      expectClean(() =>
        withPair(way, function* test(near) {
          const writer = startTask(writeUntilHeld(near));
          yield* untilHeld(near);
          near.close();
          yield* failureOf(writer, StreamClosedError);
          expect(near.waitingBytes).toBe(0);
        }),
      ));

    it('loses no bytes when a read is given up', () =>
      expectClean(() =>
        withPair(way, function* test(near, far) {
          const reader = startTask(far.readExactly(6));
          yield* near.write('abc');
          yield* passes(2);
          reader.cancel();
          yield* failureOf(reader, CancelledError);
          yield* near.write('def');
          expect(String(yield* far.readExactly(6))).toBe('abcdef');
        }),
      ));

    it('sends the end although whoever asked for it was cancelled', () =>
      expectClean(() =>
        withPair(way, function* test(near, far) {
          // More than the buffers of both ends take (net.ipv4.tcp_wmem and tcp_rmem: up to 37 MB), so the writer has to wait.
          const bytes = Buffer.alloc(64_000_000);
          const writer = startTask(near.write(bytes));
          const ender = startTask(near.end());
          yield* passes(2);
          ender.cancel();
          yield* failureOf(ender, CancelledError);
          expect((yield* readAll(far)).length).toBe(bytes.length);
          yield* writer;
          yield* near.end();
        }),
      ));
  });
});

inEverySetting('a stream whose peer breaks off', (expectClean) => {
  it('tells its reader of the reset, and never of an end', () =>
    expectClean(() =>
      withPair('tcp', function* test(near, far) {
        const reader = startTask(near.read());
        yield* passes(2);
        reset(far);
        expect((yield* failureOf(reader, SystemError)).message).toBe(
          'read: connection reset by peer (ECONNRESET)',
        );
        expect((yield* failureOf(near.read(), SystemError)).code).toBe('ECONNRESET');
      }),
    ));

  it('tells its reader of the reset although its writer heard of it first', () =>
    expectClean(() =>
      withPair('tcp', function* test(near, far) {
        const writer = startTask(writeUntilHeld(near));
        yield* untilHeld(near);
        reset(far);
        expect((yield* failureOf(writer, SystemError)).code).toBe('ECONNRESET');
        expect((yield* failureOf(near.read(), SystemError)).code).toBe('ECONNRESET');
        expect((yield* failureOf(near.write('more'), SystemError)).code).toBe('ECONNRESET');
        yield* failureOf(near.end(), SystemError);
      }),
    ));

  it('reads an answer to the end although its peer takes no more', () =>
    expectClean(() =>
      withPair('unix', function* test(near, far) {
        yield* far.write('too large');
        far.close();
        expect((yield* failureOf(near.write('more'), SystemError)).code).toBe('EPIPE');
        expect(String(yield* readAll(near))).toBe('too large');
      }),
    ));
});

describe('any bytes', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40_000 }), { maxLength: 12 });
  const sizes = fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 5 });

  it.each(WAYS)('arrive the same, however they are written and read (%s)', (way) =>
    runChecked(EPOLL_ALONE, () =>
      withPair(way, function* test(near, far) {
        for (const [writes, reads] of fc.sample(fc.tuple(pieces, sizes), 100)) {
          const sent = Buffer.concat(writes);
          const [, received] = yield* gather([
            () => writeEach(near, writes),
            () => readInSizes(far, sent.length, reads),
          ]);
          expect(received.equals(sent)).toBe(true);
        }
      }),
    ),
  );
});

describe.each(WAYS)('64 MiB to a slow reader (%s)', (way) => {
  it.each(settings.slice(0, 2))('arrive the same, and few of them wait ($name)', (setting) =>
    runChecked(setting, () =>
      withPair(way, function* test(near, far) {
        const [sent, received] = [createHash('sha256'), createHash('sha256')];
        let mostWaiting = 0;
        const write = function* write(): Coroutine<void> {
          const piece = randomBytes(HIGH_MARK);
          for (let number = 0; number < 1024; number += 1) {
            piece.writeUInt32LE(number);
            const copy = Buffer.from(piece);
            sent.update(copy);
            const written = near.write(copy);
            mostWaiting = Math.max(mostWaiting, near.waitingBytes);
            yield* written;
          }
          yield* near.end();
        };
        const read = function* read(): Coroutine<void> {
          for (let bytes = yield* far.read(); bytes !== undefined; bytes = yield* far.read()) {
            received.update(bytes);
            yield* passes(2);
          }
        };
        yield* gather([write, read]);
        expect(received.digest('hex')).toBe(sent.digest('hex'));
        expect(mostWaiting).toBeGreaterThan(HIGH_MARK);
        expect(mostWaiting).toBeLessThanOrEqual(2 * HIGH_MARK);
      }),
    ),
  );
});

function* writeUntilHeld(stream: Stream): Coroutine<void> {
  for (;;) yield* stream.write(Buffer.alloc(HIGH_MARK));
}

function* untilHeld(stream: Stream): Coroutine<void> {
  while (stream.waitingBytes <= HIGH_MARK) yield* passes(1);
}

function* writeEach(stream: Stream, pieces: readonly Uint8Array[]): Coroutine<void> {
  for (const piece of pieces) yield* stream.write(piece);
}

function* readInSizes(stream: Stream, total: number, sizes: readonly number[]): Coroutine<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for (let turn = 0; length < total; turn += 1) {
    const most = Math.min(total - length, sizes[turn % sizes.length] ?? 1);
    const piece = turn % 2 === 0 ? yield* stream.read(most) : yield* stream.readExactly(most);
    if (piece === undefined) throw new Error('the stream ended');
    pieces.push(piece);
    length += piece.length;
  }
  return Buffer.concat(pieces);
}
