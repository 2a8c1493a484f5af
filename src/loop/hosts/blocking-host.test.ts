import { describe, expect, it } from 'vitest';
import { REAL_SELECTORS, SELECTORS, withLoop } from '../../../test/support/loop-leaks.js';
import { close, put, socketPair } from '../../../test/support/descriptors.js';
import { messageOf } from '../../core/errors.js';
import {
  currentLoop,
  DeadlockError,
  EventLoop,
  Future,
  sleep,
  startTask,
  StoppedError,
  timeout,
  type Coroutine,
} from '../index.js';

describe.each(SELECTORS)('run on %s', (name) => {
  it('can be called again and again', () =>
    withLoop(name, (loop) => {
      const results = [1, 2, 3].map((number) =>
        loop.run(function* main() {
          yield* sleep(1);
          return number;
        }),
      );
      expect(results).toEqual([1, 2, 3]);
    }));

  it('ends with a sentence when what it waits for can never happen', () =>
    withLoop(name, (loop) => {
      const log: string[] = [];
      const main = function* main() {
        try {
          yield* new Future(currentLoop());
        } finally {
          yield* sleep(1);
          log.push('finally');
        }
      };
      expect(() => loop.run(main)).toThrow(DeadlockError);
      expect(log).toEqual(['finally']);
    }));

  it('notices that although timers were cancelled', () =>
    withLoop(name, (loop) => {
      const main = function* main() {
        yield* timeout(10_000, sleep(0));
        currentLoop()
          .callLater(10_000, () => {})
          .cancel();
        yield* new Future(currentLoop());
      };
      expect(() => loop.run(main)).toThrow(/waits for something that can never happen/);
    }));

  it('gives up when cleaning up waits for what can never happen, too', () =>
    withLoop(name, (loop) => {
      const main = function* main() {
        try {
          yield* new Future(currentLoop());
        } finally {
          yield* new Future(currentLoop());
        }
      };
      expect(() => loop.run(main)).toThrow(DeadlockError);
      for (const task of loop.tasks) task.cancel();
      loop.runOnce(0);
    }));

  it('within a run or a host is refused, and the outer one goes on', () =>
    withLoop(name, async (loop) => {
      const sentence = 'an event loop runs on this thread already; one thread has one loop';
      const hosted: Promise<unknown>[] = [];
      const inner = function* inner() {
        yield* sleep(1);
      };
      const main = function* main(): Coroutine<string> {
        expect(() => loop.run(inner)).toThrow(sentence);
        const other = new EventLoop();
        expect(() => other.run(inner)).toThrow(sentence);
        other.close();
        hosted.push(loop.host(inner).catch(messageOf));
        yield* sleep(1);
        return 'goes on';
      };
      expect(loop.run(main)).toBe('goes on');
      expect(await loop.host(main)).toBe('goes on');
      expect(await Promise.all(hosted)).toEqual([sentence, sentence]);
      expect(() => currentLoop()).toThrow(/^no event loop runs here/);
    }));

  it('is ended by stop, from a task or a callback, after the finally blocks', () =>
    withLoop(name, (loop) => {
      const log: string[] = [];
      const main = function* main() {
        loop.callLater(1, () => loop.stop());
        try {
          yield* sleep(10_000);
        } finally {
          // Once more, which changes nothing.
          loop.stop();
          yield* sleep(1);
          log.push('finally');
        }
      };
      expect(() => loop.run(main)).toThrow(StoppedError);
      expect(log).toEqual(['finally']);
      expect(loop.isStopped).toBe(false);
      expect(loop.run(() => Future.of(loop, 'again')[Symbol.iterator]())).toBe('again');
    }));

  it('that has its result in the pass of the stop returns it', () =>
    withLoop(name, (loop) => {
      const main = function* main() {
        yield* sleep(1);
        loop.stop();
        return 'result';
      };
      expect(loop.run(main)).toBe('result');
    }));

  it('throws what failed first, and lets all others end although callbacks fail', () =>
    withLoop(name, (loop) => {
      const log: string[] = [];
      const stubborn = (who: string) =>
        function* work(): Coroutine<void> {
          try {
            yield* sleep(10_000);
          } finally {
            loop.callSoon(() => {
              throw new Error(`a callback of ${who}`);
            });
            yield* sleep(1);
            yield* sleep(1);
            log.push(who);
          }
        };
      const main = function* main() {
        for (const who of ['a', 'b']) startTask(stubborn(who));
        yield* sleep(1);
        throw new Error('main');
      };
      expect(() => loop.run(main)).toThrow('main');
      expect(log).toEqual(['a', 'b']);
    }));
});

describe.each(REAL_SELECTORS)('run on %s', (name) => {
  it('waits for a descriptor as long as somebody watches it', () =>
    withLoop(name, (loop) => {
      const [a, b] = socketPair();
      const result = loop.run(function* main() {
        const future = new Future<string>(loop);
        const handle = loop.addReader(a, () => {
          handle.cancel();
          future.resolve('readable');
        });
        loop.callLater(2, () => put(b, 'x'));
        return yield* future;
      });
      expect(result).toBe('readable');
      close(a, b);
    }));
});
