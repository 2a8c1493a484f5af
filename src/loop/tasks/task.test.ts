import { describe, expect, it } from 'vitest';
import { runOn, SELECTORS, withLoop } from '../../../test/support/loop-leaks.js';
import { UsageError } from '../../core/errors.js';
import { CancelledError, currentLoop, Future, sleep, startTask, type Coroutine } from '../index.js';
import { startOwnedTask } from './task.js';

function* fail(message: string): Coroutine<never> {
  yield* sleep(1);
  throw new Error(message);
}

describe.each(SELECTORS)('a task on %s', (name) => {
  it('does not begin before the next pass, and brings what its generator returns', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const task = startTask(function* work() {
        log.push('begins');
        yield* sleep(1);
        return 'result';
      });
      log.push('started');
      log.push(yield* task);
      return [...log, task.name, String(currentLoop().tasks.size)];
    });
    expect(seen).toEqual(['started', 'begins', 'result', 'work', '1']);
  });

  it('fails with what its generator throws', async () => {
    await runOn(name, function* main() {
      const task = startTask(() => fail('broken'));
      try {
        yield* task;
        expect.unreachable();
      } catch (error) {
        expect(error).toEqual(new Error('broken'));
      }
      return true;
    });
  });

  it('is told when it yields something that is no future, and its finally blocks run', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const task = startTask(function* wrong(): Coroutine<void> {
        try {
          yield 'no future' as unknown as Future<unknown>;
        } catch (error) {
          log.push(`${error instanceof UsageError} ${(error as Error).message}`);
          throw error;
        } finally {
          yield* sleep(1);
          log.push('finally');
        }
      });
      try {
        yield* task;
      } catch {
        log.push('failed');
      }
      return log;
    });
    expect(seen).toEqual([
      'true the task wrong yielded something that is no future; write yield* instead of yield',
      'finally',
      'failed',
    ]);
  });

  it.each(['run', 'host'] as const)('that fails unheard ends %s with its error', (host) =>
    withLoop(name, async (loop) => {
      let isCleanedUp = false;
      const main = function* main() {
        startTask(() => fail('nobody looked'));
        try {
          yield* sleep(10_000);
        } finally {
          yield* sleep(1);
          isCleanedUp = true;
        }
      };
      if (host === 'run') expect(() => loop.run(main)).toThrow('nobody looked');
      else await expect(loop.host(main)).rejects.toThrow('nobody looked');
      expect(isCleanedUp).toBe(true);
    }),
  );

  it.each(['run', 'host'] as const)(
    'that fails unheard in the last pass, or while it is cancelled, ends %s with its error',
    (host) =>
      withLoop(name, async (loop) => {
        const inTheLast = function* main() {
          startTask(function* fails() {
            yield* Future.of(loop, undefined);
            throw new Error('in the last pass');
          });
          yield* Future.of(loop, undefined);
          yield* Future.of(loop, undefined);
        };
        const whileCancelled = function* main() {
          startTask(function* fails() {
            try {
              yield* sleep(10_000);
            } finally {
              yield* sleep(1);
              yield* fail('in the finally block');
            }
          });
          yield* sleep(1);
        };
        if (host === 'run') {
          expect(() => loop.run(inTheLast)).toThrow('in the last pass');
          expect(() => loop.run(whileCancelled)).toThrow('in the finally block');
        } else {
          await expect(loop.host(inTheLast)).rejects.toThrow('in the last pass');
          await expect(loop.host(whileCancelled)).rejects.toThrow('in the finally block');
        }
      }),
  );

  it('that fails is nobody else’s business when somebody waits for it, then or in the same pass', async () => {
    const seen = await runOn(name, function* main() {
      const log: unknown[] = [];
      const waited = startTask(() => fail('waited for'));
      try {
        yield* waited;
      } catch (error) {
        log.push(error);
      }
      const failed = startTask(function* fails() {
        yield* Future.of(currentLoop(), undefined);
        throw new Error('failed before');
      });
      yield* Future.of(currentLoop(), undefined);
      yield* Future.of(currentLoop(), undefined);
      log.push(failed.isDone);
      try {
        yield* failed;
      } catch (error) {
        log.push(error);
      }
      return log;
    });
    expect(seen).toEqual([new Error('waited for'), true, new Error('failed before')]);
  });

  it('that fails after who waited for it gave up is nobody else’s business either', async () => {
    const seen = await runOn(name, function* main() {
      const task = startTask(() => fail('too late'));
      const waiter = startTask(() => task[Symbol.iterator]());
      yield* sleep(0);
      waiter.cancel();
      yield* sleep(20);
      return [task.isFailed, waiter.isCancelled];
    });
    expect(seen).toEqual([true, true]);
  });

  it('goes on when who waits for it is cancelled, unless that one started it for itself', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const worker = (who: string) =>
        function* work(): Coroutine<void> {
          try {
            yield* sleep(2);
            log.push(`${who} done`);
          } catch (error) {
            log.push(`${who} cancelled`);
            throw error;
          }
        };
      const free = startTask(worker('free'));
      const owned = startOwnedTask(worker('owned'));
      const waiters = [free, owned].map((task) => startTask(() => task[Symbol.iterator]()));
      yield* sleep(0);
      for (const waiter of waiters) waiter.cancel();
      yield* free;
      return [...log, ...waiters.map((waiter) => waiter.isCancelled)];
    });
    expect(seen).toEqual(['owned cancelled', 'free done', true, true]);
  });

  it('left at the end of the run is cancelled, and its finally blocks have run on return', async () => {
    const seen: string[] = [];
    await runOn(name, function* main() {
      startTask(function* left() {
        try {
          yield* sleep(10_000);
        } finally {
          yield* sleep(1);
          seen.push('finally');
        }
      });
      yield* sleep(1);
      return true;
    });
    expect(seen).toEqual(['finally']);
  });

  it('that is cancelled before it began runs until its first operation', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const task = startTask(function* work() {
        log.push('begins');
        try {
          yield* sleep(10_000);
        } finally {
          log.push('finally');
        }
      });
      expect(task.cancel()).toBe(true);
      try {
        yield* task;
      } catch (error) {
        log.push((error as CancelledError).code);
      }
      expect(task.cancel()).toBe(false);
      return log;
    });
    expect(seen).toEqual(['begins', 'finally', 'CANCELLED']);
  });

  it('may go on after it was cancelled; cancelling it again works', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const task = startTask(function* stubborn() {
        try {
          yield* sleep(10_000);
        } catch {
          log.push('once');
        }
        yield* sleep(1);
        log.push('went on');
        yield* sleep(10_000);
      });
      yield* sleep(0);
      task.cancel();
      yield* sleep(3);
      task.cancel();
      try {
        yield* task;
      } catch {
        log.push('twice');
      }
      return log;
    });
    expect(seen).toEqual(['once', 'went on', 'twice']);
  });

  it('is not made of an async function, which the sentence says how to run', () =>
    withLoop(name, (loop) => {
      const wrong = (async () => {}) as unknown as () => Coroutine<void>;
      expect(() => loop.run(wrong)).toThrow(/await loop\.host\(async \(\) => \{ … \}\)$/);
      const plain = (() => 7) as unknown as () => Coroutine<void>;
      expect(() => loop.run(plain)).toThrow(/^expected a generator function/);
    }));
});
