import { describe, expect, it } from 'vitest';
import { runOn, SELECTORS, withLoop } from '../../../test/support/loop-leaks.js';
import {
  currentLoop,
  Event,
  gather,
  Lock,
  Semaphore,
  sleep,
  startTask,
  timeout,
  TimeoutError,
} from '../index.js';
import { WaitingLine } from './waiting-line.js';

describe.each(SELECTORS)('an event on %s', (name) => {
  it('wakes everybody who waits, and nobody waits for one that is set', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const event = new Event();
      const tasks = ['a', 'b'].map((who) =>
        startTask(function* wait() {
          yield* event.wait();
          log.push(who);
        }),
      );
      yield* sleep(0);
      log.push(String(event.isSet));
      event.set();
      yield* gather(tasks);
      yield* event.wait();
      event.clear();
      log.push(String(event.isSet));
      return log;
    });
    expect(seen).toEqual(['false', 'a', 'b', 'false']);
  });
});

describe.each(SELECTORS)('a semaphore on %s', (name) => {
  it('lets so many in at a time, the others in the order in which they came', async () => {
    const seen = await runOn(name, function* main() {
      const semaphore = new Semaphore(2);
      let inside = 0;
      const log: string[] = [];
      yield* gather(
        [1, 2, 3, 4, 5].map(
          (who) => () =>
            semaphore.use(function* work() {
              inside += 1;
              log.push(`${who} of ${inside}`);
              yield* sleep(1);
              inside -= 1;
            }),
        ),
      );
      return [...log, `${semaphore.free} free`];
    });
    expect(seen.map((entry) => entry.charAt(0))).toEqual(['1', '2', '3', '4', '5', '2']);
    expect(seen.some((entry) => /of [3-9]/.test(entry))).toBe(false);
    expect(seen.at(-1)).toBe('2 free');
  });

  it('is left when the work inside fails', async () => {
    const seen = await runOn(name, function* main() {
      const lock = new Lock();
      try {
        yield* lock.use(function* work() {
          yield* sleep(0);
          throw new Error('inside');
        });
      } catch (error) {
        return [String(error), lock.isLocked];
      }
      return [];
    });
    expect(seen).toEqual(['Error: inside', false]);
  });

  it('passes over who gave up waiting', async () => {
    const seen = await runOn(name, function* main() {
      const lock = new Lock();
      const log: string[] = [];
      yield* lock.acquire();
      const impatient = timeout(1, lock.acquire());
      const patient = startTask(() =>
        lock.use(function* work() {
          yield* sleep(0);
          log.push('patient');
        }),
      );
      try {
        yield* impatient;
      } catch (error) {
        log.push(String(error instanceof TimeoutError));
      }
      lock.release();
      yield* patient;
      return [...log, String(lock.isLocked)];
    });
    expect(seen).toEqual(['true', 'patient', 'false']);
  });
});

describe('a semaphore', () => {
  it.each([0, -1, 1.5, NaN, Infinity])('for %d tasks is refused', (most) => {
    expect(() => new Semaphore(most)).toThrow(`expected a whole number of at least 1, got ${most}`);
  });

  it('refuses to be released more often than it was acquired', () => {
    expect(() => new Lock().release()).toThrow(
      'released more often than acquired; release once for each acquire',
    );
  });

  it('asks for a loop when none runs', () => {
    expect(() => new Lock().acquire()).toThrow(
      /^no event loop runs here; call this inside loop\.run/,
    );
  });
});

describe('a line that never moves', () => {
  it('does not grow with everybody who gives up', () =>
    withLoop('manual', (loop) => {
      const line = new WaitingLine<string>();
      const patient = line.join(loop);
      let most = 0;
      for (let i = 0; i < 10_000; i += 1) {
        const impatient = line.join(loop);
        impatient.cancel();
        most = Math.max(most, line.held);
      }
      const last = line.join(loop);
      expect(most).toBeLessThan(300);
      expect([line.serve('a'), line.serve('b'), line.serve('c')]).toEqual([true, true, false]);
      expect([patient.result(), last.result(), line.held]).toEqual(['a', 'b', 0]);
    }));

  it('keeps those in it in order, whoever gives up', async () => {
    const seen = await runOn('manual', function* main() {
      const line = new WaitingLine<number>();
      const futures = Array.from({ length: 500 }, () => line.join(currentLoop()));
      line.serve(-1);
      for (const [index, future] of futures.entries()) if (index % 3 !== 0) future.cancel();
      for (let number = 1; line.serve(number); number += 1);
      yield* sleep(0);
      return futures.filter((future) => !future.isCancelled).map((future) => future.result());
    });
    expect(seen).toEqual([-1, ...Array.from({ length: 166 }, (_, index) => index + 1)]);
  });
});
