import { describe, expect, it } from 'vitest';
import { runOn, SELECTORS, withLoop } from '../../../test/support/loop-leaks.js';
import { CancelledError, currentLoop, Future, sleep, startTask } from '../index.js';

describe.each(SELECTORS)('a future on %s', (name) => {
  it('brings its result to everybody who waits, in the order in which they began', async () => {
    const seen = await runOn(name, function* main() {
      const future = new Future<number>(currentLoop());
      const log: string[] = [];
      const tasks = ['a', 'b', 'c'].map((who) =>
        startTask(function* wait() {
          log.push(`${who} ${yield* future}`);
        }),
      );
      yield* sleep(0);
      future.resolve(7);
      future.resolve(8);
      future.reject(new Error('too late'));
      for (const task of tasks) yield* task;
      log.push(`again ${yield* future}`);
      return log;
    });
    expect(seen).toEqual(['a 7', 'b 7', 'c 7', 'again 7']);
  });

  it('fails with what it was rejected with, and says what it is', async () => {
    const states = await runOn(name, function* main() {
      const error = new Error('no luck');
      const future = new Future<number>(currentLoop());
      expect(() => future.result()).toThrow('the future is not done yet');
      const before = [future.isDone, future.isFailed, future.error];
      future.reject(error);
      try {
        yield* future;
        expect.unreachable();
      } catch (caught) {
        expect(caught).toBe(error);
      }
      expect(future.cancel()).toBe(false);
      return [before, [future.isDone, future.isFailed, future.isCancelled, future.error === error]];
    });
    expect(states).toEqual([
      [false, false, undefined],
      [true, true, false, true],
    ]);
  });

  it('that is given up tells whoever waits, and undoes what would have settled it', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const future = new Future<void>(currentLoop(), () => log.push('undone'));
      const task = startTask(function* wait() {
        try {
          yield* future;
        } catch (error) {
          if (error instanceof CancelledError) log.push('told');
        }
      });
      yield* sleep(0);
      log.push(`${future.cancel()} ${future.cancel()} ${future.isCancelled} ${future.isFailed}`);
      yield* task;
      return log;
    });
    expect(seen).toEqual(['undone', 'true false true false', 'told']);
  });

  it('is given up when the last who waits is cancelled, not before', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const future = new Future<void>(currentLoop(), () => log.push('undone'));
      const tasks = [1, 2, 3].map(() => startTask(() => future[Symbol.iterator]()));
      yield* sleep(0);
      for (const task of tasks) {
        task.cancel();
        log.push(`cancelled ${future.isDone}`);
      }
      yield* sleep(0);
      return log;
    });
    expect(seen).toEqual(['cancelled false', 'cancelled false', 'undone', 'cancelled true']);
  });

  it('leaves no timer behind when those who slept are cancelled', async () => {
    const counts = await runOn(name, function* main() {
      const { timers } = currentLoop();
      const nap = sleep(1e6);
      const tasks = [1, 2].map(() => startTask(() => nap[Symbol.iterator]()));
      yield* sleep(0);
      const before = timers.size;
      for (const task of tasks) task.cancel();
      return [before, timers.size];
    });
    expect(counts).toEqual([1, 0]);
  });

  it('is awaited by native code, result and failure', () =>
    withLoop(name, async (loop) => {
      const seen = await loop.host(async () => {
        const log: unknown[] = [];
        log.push(await Future.of(loop, 'there'));
        log.push(await Future.failed(loop, 'broken').then(null, (reason) => reason));
        log.push(await Future.of(loop, 1).then((value) => value + 1));
        const late = new Future<string>(loop);
        loop.callLater(1, () => late.resolve('late'));
        log.push(await late);
        await expect(
          Future.of(loop, 1).then(() => Promise.reject(new Error('in then'))),
        ).rejects.toThrow('in then');
        await expect(
          Future.of(loop, 1).then(
            () => {
              throw new Error('in both');
            },
            () => {},
          ),
        ).rejects.toThrow('in both');
        return log;
      });
      expect(seen).toEqual(['there', 'broken', 2, 'late']);
    }));
});
