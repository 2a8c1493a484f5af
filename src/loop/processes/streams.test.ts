import { describe, expect, it } from 'vitest';
import { expectCleanHosting, expectCleanRun } from '../../../test/support/process-loop.js';
import {
  type Coroutine,
  type Future,
  gather,
  OutputLimitError,
  spawn,
  StreamClosedError,
  StreamEndedError,
} from '../index.js';

const brokenPipe = expect.objectContaining({ code: 'EPIPE', syscall: 'write' });

describe('the streams of a process', () => {
  it('carry what is written there and back, more than the pipes hold', () => {
    const sent = Buffer.alloc(1_000_003, 'lwasync ');
    const received = expectCleanRun(function* () {
      const child = spawn('cat');
      const [, all] = yield* gather([
        function* () {
          yield* child.stdin.write(sent);
          yield* child.stdin.end();
        },
        child.stdout.readAll(),
      ]);
      yield* child.wait();
      return all;
    });
    expect(received.equals(sent)).toBe(true);
  });

  it('are read by length, by line and piece by piece', async () => {
    const pieces = await expectCleanHosting(async () => {
      const child = spawn('printf', ['12345one\\ntwo\\nrest'], { stdin: 'ignore' });
      await child.wait();
      return [
        await child.stdout.readExactly(5),
        await child.stdout.readUntil('\n'),
        await child.stdout.readUntil('two\n'),
        await child.stdout.read(2),
        await child.stdout.read(),
        await child.stdout.read(),
        await child.stdout.readUntil('\n'),
        await child.stdout.readExactly(0),
      ].map((piece) => piece?.toString());
    });
    expect(pieces).toEqual(['12345', 'one\n', 'two\n', 're', 'st', undefined, undefined, '']);
  });

  it('keep what an operation could not make do with at the end', () => {
    expectCleanRun(function* () {
      const child = spawn('printf', ['half']);
      child.stdin.close();
      try {
        yield* child.stdout.readUntil('\n');
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(StreamEndedError);
      }
      expect(child.stdout.isClosed).toBe(false);
      expect(String(yield* child.stdout.readExactly(4))).toBe('half');
      expect(yield* child.stdout.read()).toBeUndefined();
      yield* child.wait();
    });
  });

  it('give their descriptors back at the end, before whoever reads is told', () => {
    expectCleanRun(function* () {
      const child = spawn('cat');
      yield* child.stdin.end();
      expect(child.stdin.isClosed).toBe(true);
      expect(yield* child.stdout.read()).toBeUndefined();
      expect(child.stdout.isClosed).toBe(true);
      const failure = child.stdout.readExactly(1);
      yield* child.wait();
      expect(failure.error).toBeInstanceOf(StreamEndedError);
    });
  });

  it('fail with EPIPE when the process has closed its stdin, and again when asked again', () => {
    expectCleanRun(function* () {
      const child = spawn('sh', ['-c', 'exec <&-; echo closed; exec sleep 1000']);
      yield* child.stdout.readUntil('\n');
      for (const attempt of [
        child.stdin.write('lost'),
        child.stdin.write('lost too'),
        child.stdin.end(),
      ]) {
        yield* settled(attempt);
        expect(attempt.error).toEqual(brokenPipe);
      }
      expect(child.stdin.isClosed).toBe(true);
      yield* child.stop();
    });
  });

  it('fail with EPIPE when the process ends in the midst of reading', () => {
    expectCleanRun(function* () {
      const child = spawn('head', ['-c', '5'], { stdout: 'ignore' });
      const writing = child.stdin.write(Buffer.alloc(10_000_000));
      yield* child.wait();
      yield* settled(writing);
      expect(writing.error).toEqual(brokenPipe);
    });
  });

  it('fail with EPIPE after the process has ended, when nothing was lost only for what is new', () => {
    expectCleanRun(function* () {
      const child = spawn('true', [], { stdout: 'ignore' });
      yield* child.wait();
      const writing = child.stdin.write('late');
      yield* settled(writing);
      expect(writing.error).toEqual(brokenPipe);
      yield* child.stdin.end();
    });
  });

  it('can be closed by us, which who waits is told', () => {
    expectCleanRun(function* () {
      const child = spawn('sleep', ['1000']);
      const reading = child.stdout.read();
      const writing = child.stdin.write(Buffer.alloc(1_000_000));
      child.close();
      child.close();
      expect(reading.error).toBeInstanceOf(StreamClosedError);
      expect(writing.error).toBeInstanceOf(StreamClosedError);
      yield* child.stop();
    });
  });

  it('are not read beyond what was to be kept', () => {
    expectCleanRun(function* () {
      const child = spawn('head', ['-c', '100', '/dev/zero'], { stdin: 'ignore' });
      try {
        yield* child.stdout.readAll(99);
        expect.unreachable();
      } catch (error) {
        expect(error).toEqual(new OutputLimitError(99));
      } finally {
        yield* child.stop();
      }
    });
  });
});

function* settled(future: Future<void>): Coroutine<void> {
  try {
    yield* future;
  } catch (error) {
    expect(error).toBe(future.error);
  }
}
