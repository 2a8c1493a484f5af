import { constants } from 'node:os';
import { expect, it } from 'vitest';
import { failureOf, inEverySetting } from '../../../test/support/stream-leaks.js';
import { passes, withReadyDescriptor } from '../../../test/support/stream-pairs.js';
import { UsageError } from '../../core/errors.js';
import { CancelledError, currentLoop, startTask, SystemError, type Coroutine } from '../index.js';
import { AGAIN } from '../system/sockets.js';
import { Input } from './input.js';
import { StreamClosedError, StreamEndedError, StreamLimitError } from './stream-errors.js';

const LINE = Buffer.from('\r\n');
const END = 0;

/** What comes, packet by packet: each read gets one; a number is what the kernel answers. */
type Packets = (string | number)[];

function withInput(packets: Packets, work: (input: Input) => Coroutine<void>): Coroutine<void> {
  return withReadyDescriptor(function* open(fd) {
    const input = new Input(currentLoop(), fd, (_fd, memory) => {
      const next = packets.shift() ?? AGAIN;
      if (typeof next === 'number') return next;
      memory.set(Buffer.from(next));
      return next.length;
    });
    try {
      yield* work(input);
    } finally {
      input.close();
    }
  });
}

inEverySetting('the incoming half of a stream', (expectClean) => {
  it('finds a delimiter that comes in two packets, and several lines in one', () =>
    expectClean(() =>
      withInput(['ab\r', AGAIN, '\nc\r\n\r\nrest', AGAIN, '\r', '\n', END], function* test(input) {
        const lines: (string | undefined)[] = [];
        for (let line = 0; line < 5; line += 1) {
          lines.push((yield* input.readUntil(LINE, 100))?.toString());
        }
        expect(lines).toEqual(['ab\r\n', 'c\r\n', '\r\n', 'rest\r\n', undefined]);
      }),
    ));

  it('takes a line of exactly the limit and refuses one more byte', () =>
    expectClean(() =>
      withInput(['abc\r\n', AGAIN, 'abcd\r\n'], function* test(input) {
        expect(String(yield* input.readUntil(LINE, 5))).toBe('abc\r\n');
        const error = yield* failureOf(input.readUntil(LINE, 5), StreamLimitError);
        expect(error.message).toBe('no delimiter came within 5 bytes');
        expect(String(yield* input.readExactly(6))).toBe('abcd\r\n');
      }),
    ));

  it('refuses an endless line as soon as the limit is reached', () =>
    expectClean(() =>
      withInput(['abc', 'de'], function* test(input) {
        yield* failureOf(input.readUntil(LINE, 5), StreamLimitError);
      }),
    ));

  it('says how much had come when the stream ends too early, and keeps it', () =>
    expectClean(() =>
      withInput(['abc', END], function* test(input) {
        const exactly = yield* failureOf(input.readExactly(5), StreamEndedError);
        expect(exactly.message).toBe('the stream ended after 3 bytes, before 5 bytes had come');
        const until = yield* failureOf(input.readUntil(LINE, 99), StreamEndedError);
        expect(until.message).toBe('the stream ended after 3 bytes, before the delimiter came');
        expect(String(yield* input.read(99))).toBe('abc');
        expect(yield* input.read(99)).toBeUndefined();
        expect(yield* input.readUntil(LINE, 99)).toBeUndefined();
      }),
    ));

  it('loses no byte when a read is given up', () =>
    expectClean(() =>
      withInput(['abc', AGAIN, 'def', AGAIN], function* test(input) {
        const task = startTask(input.readExactly(6));
        yield* passes(1);
        task.cancel();
        yield* failureOf(task, CancelledError);
        expect(String(yield* input.readExactly(6))).toBe('abcdef');
      }),
    ));

  it('tells of a broken connection every time, not of an end', () =>
    expectClean(() =>
      withInput(['abc', -constants.errno.ECONNRESET, END, END], function* test(input) {
        const errors = [
          yield* failureOf(input.readExactly(5), SystemError),
          yield* failureOf(input.readExactly(5), SystemError),
        ];
        expect(errors.map(({ code }) => code)).toEqual(['ECONNRESET', 'ECONNRESET']);
        expect(String(yield* input.read(99))).toBe('abc');
        yield* failureOf(input.read(99), SystemError);
      }),
    ));

  it('goes on after a signal', () =>
    expectClean(() =>
      withInput([-constants.errno.EINTR, 'abc'], function* test(input) {
        expect(String(yield* input.read(2))).toBe('ab');
        expect(String(yield* input.read(2))).toBe('c');
      }),
    ));

  it('refuses two readers at a time and serves the first', () =>
    expectClean(() =>
      withInput([AGAIN, AGAIN, 'abc'], function* test(input) {
        const first = input.read(99);
        expect(() => input.readExactly(1)).toThrow(
          new UsageError('somebody reads from this stream already; one at a time'),
        );
        expect(String(yield* first)).toBe('abc');
      }),
    ));

  it('fails who reads when it is closed, and who reads later', () =>
    expectClean(() =>
      withInput(['abc'], function* test(input) {
        const pending = input.readExactly(5);
        input.close();
        yield* failureOf(pending, StreamClosedError);
        yield* failureOf(input.read(1), StreamClosedError);
      }),
    ));

  it('refuses numbers of bytes that are none, and keeps what came', () =>
    expectClean(() =>
      withInput(['abc'], function* test(input) {
        for (const length of [-1, 1.5, Number.NaN]) {
          expect(() => input.readExactly(length)).toThrow(UsageError);
          expect(() => input.read(length)).toThrow(UsageError);
          expect(() => input.readUntil(LINE, length)).toThrow(UsageError);
        }
        expect(() => input.read(0)).toThrow(
          new UsageError('expected a number of bytes of at least 1, got 0'),
        );
        expect(() => input.readUntil(Buffer.alloc(0), 9)).toThrow(UsageError);
        expect(yield* input.readExactly(0)).toHaveLength(0);
        expect(String(yield* input.read(Infinity))).toBe('abc');
      }),
    ));
});
