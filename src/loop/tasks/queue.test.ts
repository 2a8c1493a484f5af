import { describe, expect, it } from 'vitest';
import { runOn, SELECTORS } from '../../../test/support/loop-leaks.js';
import { monotonicNow } from '../../core/clock.js';
import { gather, Queue, QueueClosedError, sleep, startTask, type Coroutine } from '../index.js';

describe.each(SELECTORS)('a queue on %s', (name) => {
  it('hands items over first in, first out, to takers first come, first served', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const queue = new Queue<number>();
      const takers = ['a', 'b'].map((who) =>
        startTask(function* taker() {
          for (let i = 0; i < 2; i += 1) log.push(`${who}${yield* queue.take()}`);
        }),
      );
      yield* sleep(0);
      for (const item of [1, 2, 3, 4]) yield* queue.put(item);
      yield* gather(takers);
      return [...log, String(queue.size)];
    });
    expect(seen.toSorted()).toEqual(['0', 'a1', 'a3', 'b2', 'b4']);
  });

  it('holds back who puts more than fits, in the order in which they came', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const queue = new Queue<number>(2);
      const puts = [1, 2, 3, 4].map((item) =>
        startTask(function* giver() {
          yield* queue.put(item);
          log.push(`${item} is in`);
        }),
      );
      yield* sleep(0);
      yield* sleep(0);
      log.push(`${queue.size} in it`);
      for (let i = 0; i < 4; i += 1) {
        log.push(`took ${yield* queue.take()}`);
        yield* sleep(0);
      }
      yield* gather(puts);
      return log;
    });
    expect(seen).toEqual([
      '1 is in',
      '2 is in',
      '2 in it',
      '3 is in',
      'took 1',
      '4 is in',
      'took 2',
      'took 3',
      'took 4',
    ]);
  });

  it('that is closed lets nothing more in; what is in it or waits to be is still taken', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const queue = new Queue<string>(1);
      yield* queue.put('in it');
      const waiting = startTask(() => queue.put('waits')[Symbol.iterator]());
      yield* sleep(0);
      queue.close();
      queue.close();
      for (const attempt of [queue.put('late'), queue.take(), queue.take(), queue.take()]) {
        try {
          log.push((yield* attempt) ?? 'nothing');
        } catch (error) {
          log.push(error instanceof QueueClosedError ? error.message : String(error));
        }
      }
      yield* waiting;
      return log;
    });
    expect(seen).toEqual(['the queue is closed', 'in it', 'waits', 'the queue is closed']);
  });

  it('gives every item to each, and ends it when it is closed and empty', async () => {
    const seen = await runOn(name, function* main() {
      const log: number[] = [];
      const queue = new Queue<number>(2);
      const both = [1, 2].map(() =>
        startTask(() =>
          queue.each(function* work(item) {
            yield* sleep(0);
            log.push(item);
          }),
        ),
      );
      for (let item = 0; item < 10; item += 1) yield* queue.put(item);
      queue.close();
      yield* gather(both);
      return log;
    });
    expect(seen.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('lets an error of the work through each', async () => {
    const running = runOn(name, function* main() {
      const queue = new Queue<number>();
      yield* queue.put(1);
      yield* queue.each(function* work() {
        yield* sleep(0);
        throw new Error('in the work');
      });
      return 1;
    });
    await expect(running).rejects.toThrow('in the work');
  });

  it('does not take in what was given up before there was room', async () => {
    const seen = await runOn(name, function* main() {
      const queue = new Queue<string>(1);
      yield* queue.put('first');
      const givenUp = startTask(() => queue.put('given up')[Symbol.iterator]());
      const kept = startTask(() => queue.put('kept')[Symbol.iterator]());
      yield* sleep(0);
      givenUp.cancel();
      const taken = [yield* queue.take(), yield* queue.take()];
      yield* kept;
      return [...taken, String(queue.size)];
    });
    expect(seen).toEqual(['first', 'kept', '0']);
  });
});

describe('a queue', () => {
  it.each([0, -1, 1.5, NaN])('of %d items is refused', (capacity) => {
    expect(() => new Queue(capacity)).toThrow(`expected a capacity of at least 1, got ${capacity}`);
  });

  it('of 200,000 items costs about 10 times what one of 20,000 does', async () => {
    const through = async (items: number): Promise<number> => {
      const startMs = monotonicNow();
      await runOn('manual', function* main(): Coroutine<number> {
        const queue = new Queue<number>();
        for (let item = 0; item < items; item += 1) yield* queue.put(item);
        let sum = 0;
        for (let item = 0; item < items; item += 1) sum += yield* queue.take();
        expect(sum).toBe((items * (items - 1)) / 2);
        return sum;
      });
      return monotonicNow() - startMs;
    };
    await through(20_000);
    const fewMs = Math.max(1, await through(20_000));
    // Quadratic, it would be 100 times.
    expect((await through(200_000)) / fewMs).toBeLessThan(50);
  });
});
