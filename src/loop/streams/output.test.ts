import { expect, it } from 'vitest';
import { constants } from 'node:os';
import { failureOf, inEverySetting } from '../../../test/support/stream-leaks.js';
import { passes, withReadyDescriptor } from '../../../test/support/stream-pairs.js';
import { UsageError } from '../../core/errors.js';
import { CancelledError, currentLoop, startTask, SystemError, type Coroutine } from '../index.js';
import { AGAIN } from '../system/sockets.js';
import { Output } from './output.js';
import { StreamClosedError } from './stream-errors.js';

/** A kernel that takes as much as a test lets it. */
class Kernel {
  room = 0;
  error = 0;
  sent = '';
  ends = 0;
  failures: SystemError[] = [];

  readonly write = (_fd: number, memory: Uint8Array): number => {
    if (this.error !== 0) return -this.error;
    const taken = Math.min(this.room, memory.length);
    this.room -= taken;
    this.sent += Buffer.from(memory.subarray(0, taken)).toString();
    return taken === 0 ? AGAIN : taken;
  };

  readonly end = (): number => {
    this.ends += 1;
    return 0;
  };

  readonly failed = (error: SystemError): void => void this.failures.push(error);
}

function withOutput(work: (output: Output, kernel: Kernel) => Coroutine<void>): Coroutine<void> {
  return withReadyDescriptor(function* open(fd) {
    const kernel = new Kernel();
    const output = new Output(currentLoop(), fd, kernel, { high: 10, low: 4 });
    try {
      yield* work(output, kernel);
    } finally {
      output.close();
    }
  });
}

const text = (letters: string): Uint8Array => Buffer.from(letters);

inEverySetting('the outgoing half of a stream', (expectClean) => {
  it('holds who writes above the high mark and lets it go on at the low one', () =>
    expectClean(() =>
      withOutput(function* test(output, kernel) {
        expect(output.write(text('0123456789')).isDone).toBe(true);
        const held = output.write(text('a'));
        kernel.room = 6;
        yield* passes(3);
        expect([held.isDone, output.waitingBytes]).toEqual([false, 5]);
        kernel.room = 1;
        yield* held;
        expect([kernel.sent, output.waitingBytes]).toEqual(['0123456', 4]);
      }),
    ));

  it('sends what the kernel takes byte by byte in order, and then the end', () =>
    expectClean(() =>
      withOutput(function* test(output, kernel) {
        const writes = ['abc', '', 'd', 'efghijklm'].map((letters) => output.write(text(letters)));
        const end = output.finish();
        while (!end.isDone) {
          expect(kernel.ends).toBe(0);
          kernel.room = 1;
          yield* passes(1);
        }
        expect([kernel.sent, kernel.ends]).toEqual(['abcdefghijklm', 1]);
        expect(writes.every((write) => write.isDone)).toBe(true);
      }),
    ));

  it('sends the end although whoever asked for it was cancelled', () =>
    expectClean(() =>
      withOutput(function* test(output, kernel) {
        yield* output.write(text('abc'));
        const task = startTask(output.finish());
        yield* passes(2);
        task.cancel();
        yield* failureOf(task, CancelledError);
        kernel.room = 3;
        yield* output.finish();
        expect([kernel.sent, kernel.ends]).toEqual(['abc', 1]);
      }),
    ));

  it('goes on sending what a cancelled writer wrote', () =>
    expectClean(() =>
      withOutput(function* test(output, kernel) {
        const task = startTask(output.write(text('longer than the mark')));
        yield* passes(2);
        task.cancel();
        yield* failureOf(task, CancelledError);
        kernel.room = 100;
        yield* output.finish();
        expect(kernel.sent).toBe('longer than the mark');
      }),
    ));

  it('tells everybody of an error, who waits and who comes later, and keeps nothing', () =>
    expectClean(() =>
      withOutput(function* test(output, kernel) {
        const held = output.write(text('longer than the mark'));
        const end = output.finish();
        kernel.error = constants.errno.ECONNRESET;
        const errors = [
          yield* failureOf(held, SystemError),
          yield* failureOf(end, SystemError),
          yield* failureOf(output.finish(), SystemError),
        ];
        expect(new Set(errors)).toEqual(new Set(kernel.failures));
        expect([errors[0]?.code, output.waitingBytes]).toEqual(['ECONNRESET', 0]);
      }),
    ));

  it('ends after a write that failed instead of waiting for ever', () =>
    expectClean(() =>
      withOutput(function* test(output, kernel) {
        kernel.error = constants.errno.EPIPE;
        yield* failureOf(output.write(text('a')), SystemError);
        yield* failureOf(output.write(text('b')), SystemError);
        expect(output.waitingBytes).toBe(0);
        yield* failureOf(output.finish(), SystemError);
        expect([kernel.failures.length, kernel.ends]).toEqual([1, 0]);
      }),
    ));

  it('fails whoever waits when it is closed, and takes nothing more', () =>
    expectClean(() =>
      withOutput(function* test(output) {
        const held = output.write(text('longer than the mark'));
        output.close();
        yield* failureOf(held, StreamClosedError);
        yield* failureOf(output.write(text('b')), StreamClosedError);
        yield* failureOf(output.finish(), StreamClosedError);
        expect(output.waitingBytes).toBe(0);
      }),
    ));

  it('refuses to write after the end', () =>
    expectClean(() =>
      withOutput(function* test(output) {
        yield* output.finish();
        yield* output.finish();
        expect(() => output.write(text('a'))).toThrow(UsageError);
      }),
    ));
});
