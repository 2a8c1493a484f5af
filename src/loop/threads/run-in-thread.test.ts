import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { failureOf, settings } from '../../../test/support/stream-leaks.js';
import { passes } from '../../../test/support/stream-pairs.js';
import { runThreadsChecked } from '../../../test/support/stream-threads.js';
import {
  CancelledError,
  gather,
  runInThread,
  startTask,
  ThreadEndedError,
  timeout,
  type Coroutine,
  type EventLoop,
  type Task,
} from '../index.js';

const support = new URL('../../../test/support/', import.meta.url);
const functions = new URL('thread-functions.mjs', support);
const THREADS = availableParallelism();

describe.each(settings.slice(0, 2))('a function in a thread ($name)', (setting) => {
  const expectClean = (main: (loop: EventLoop) => Coroutine<void>): Promise<void> =>
    runThreadsChecked(setting, main);

  it('brings its result', () =>
    expectClean(function* test() {
      expect(yield* call('add', 20, 22)).toBe(42);
      expect(yield* call('add', 'a', 'b')).toBe('ab');
    }));

  it('brings its error with message, name and code', () =>
    expectClean(function* test() {
      const error = yield* failureOf(call('fail'), Error);
      expect(error).toMatchObject({ name: 'TypeError', message: 'no such thing', code: 'E_THING' });
      expect(yield* failureOf(call('failUncloneably'), Error)).toMatchObject({
        message: 'with a function',
      });
      expect(yield* thrownBy(call('failAnyhow'))).toBe('just words');
    }));

  it('is told when there is no such function or module', () =>
    expectClean(function* test() {
      expect(yield* failureOf(call('nothing'), Error)).toMatchObject({
        name: 'UsageError',
        message: `${functions.href} exports no function named nothing`,
      });
      const missing = runInThread(new URL('missing.mjs', support), 'add');
      expect(yield* failureOf(missing, Error)).toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' });
    }));

  it('is told when an argument or the result cannot be cloned', () =>
    expectClean(function* test() {
      const argument = yield* failureOf(
        call('add', () => {}),
        Error,
      );
      expect(argument.message).toMatch(/could not be cloned/);
      const result = yield* failureOf(call('uncloneable'), Error);
      expect(result).toMatchObject({ name: 'DataCloneError', message: argument.message });
    }));

  it('is told when the thread ends, and why', () =>
    expectClean(function* test() {
      const exited = yield* failureOf(call('exit'), ThreadEndedError);
      expect(exited.message).toBe('the thread ended before its function did: it exited');
      const broken = yield* failureOf(call('breakLater'), ThreadEndedError);
      expect(broken.message).toBe('the thread ended before its function did: broke later');
    }));

  it('does not meet a thread that has ended since', () =>
    expectClean(function* test() {
      for (let round = 0; round < 5; round += 1) {
        const words = new SharedArrayBuffer(4);
        expect(yield* call('exitLater', words)).toBe('answered');
        Atomics.wait(new Int32Array(words), 0, 0);
        expect(yield* call('add', round, 1)).toBe(round + 1);
      }
    }));

  it('uses threads again', () =>
    expectClean(function* test() {
      const ids = new Set<unknown>();
      for (let round = 0; round < 10; round += 1) ids.add(yield* call('whichThread'));
      expect(ids.size).toBe(1);
    }));

  it('runs on as many threads as there are processors; more calls wait for their turn', () =>
    expectClean(function* test() {
      const meeting = new SharedArrayBuffer(4);
      const together = yield* gather(
        Array.from({ length: THREADS }, () => call('meet', meeting, THREADS)),
      );
      expect(new Set(together).size).toBe(THREADS);
      const ids = yield* gather(Array.from({ length: 5 * THREADS }, () => call('whichThread')));
      expect(new Set(together)).toEqual(new Set([...together, ...ids]));
    }));

  it('is ended in the midst of computing when it is cancelled, and makes room', () =>
    expectClean(function* test() {
      const words = new Int32Array(new SharedArrayBuffer(8));
      const computing = Array.from({ length: THREADS }, () =>
        startTask(call('computeForEver', words.buffer)),
      );
      const waiting = startTask(call('add', 1, 2));
      while (Atomics.load(words, 0) < THREADS) yield* passes(1);
      expect(waiting.isDone).toBe(false);
      for (const task of computing) {
        task.cancel();
        yield* failureOf(task, CancelledError);
      }
      expect(yield* waiting).toBe(3);
      yield* untilStill(words);
    }));

  it('is ended when its time is over', () =>
    expectClean(function* test() {
      const words = new Int32Array(new SharedArrayBuffer(8));
      const task = timeout(30, () => call('computeForEver', words.buffer)[Symbol.iterator]());
      expect(yield* thrownBy(task)).toMatchObject({ code: 'TIMEOUT' });
      yield* untilStill(words);
    }));
});

it('works while a module is being evaluated, and idle threads let the process end', async () => {
  const script = fileURLToPath(new URL('threads-at-top-level.mjs', support));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script]);
  expect([stdout, stderr]).toEqual(['5\n7\n', '']);
});

function call(name: string, ...args: readonly unknown[]): Task<unknown> {
  return runInThread(functions, name, args);
}

function* thrownBy(task: Task<unknown>): Coroutine<unknown> {
  try {
    yield* task;
  } catch (error) {
    return error;
  }
  return 'nothing';
}

/** Waits until no thread counts any more. */
function* untilStill(words: Int32Array): Coroutine<void> {
  for (let before = -1; before !== words[1]; yield* passes(2000)) before = words[1] ?? 0;
}
