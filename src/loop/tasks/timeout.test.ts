import { describe, expect, it } from 'vitest';
import { runOn, SELECTORS } from '../../../test/support/loop-leaks.js';
import {
  CancelledError,
  currentLoop,
  sleep,
  startTask,
  timeout,
  TimeoutError,
  type Coroutine,
} from '../index.js';

function* caught(work: () => Coroutine<unknown>): Coroutine<unknown> {
  try {
    return yield* work();
  } catch (error) {
    return error;
  }
}

describe.each(SELECTORS)('a timeout on %s', (name) => {
  it('brings the result of what is done in time, and leaves no timer behind', async () => {
    const seen = await runOn(name, function* main() {
      const result = yield* timeout(10_000, function* work() {
        yield* sleep(1);
        return 'in time';
      });
      return [result, currentLoop().timers.size];
    });
    expect(seen).toEqual(['in time', 0]);
  });

  it('fails with a sentence when the work takes longer, after its finally blocks have run', async () => {
    const log: string[] = [];
    const error = await runOn(name, () =>
      caught(function* main() {
        yield* timeout(5, function* slowWork() {
          try {
            yield* sleep(10_000);
          } finally {
            yield* sleep(1);
            log.push('finally');
          }
        });
      }),
    );
    expect(log).toEqual(['finally']);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ message: 'slowWork took longer than 5.00 ms', code: 'TIMEOUT' });
  });

  it('fails with what the work failed with', async () => {
    const error = await runOn(name, () =>
      caught(function* main() {
        yield* timeout(10_000, function* work() {
          yield* sleep(1);
          throw new Error('broken');
        });
      }),
    );
    expect(error).toEqual(new Error('broken'));
  });

  it('that is cancelled from outside is no timeout, even when its time is over meanwhile', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const task = startTask(() =>
        caught(() =>
          timeout(100, function* work() {
            try {
              yield* sleep(10_000);
            } finally {
              yield* sleep(110);
              log.push('cleaned up');
            }
          })[Symbol.iterator](),
        ),
      );
      yield* sleep(0);
      yield* sleep(0);
      task.cancel();
      log.push(String((yield* task) instanceof CancelledError));
      return log;
    });
    expect(seen).toEqual(['cleaned up', 'true']);
  });

  it('within a longer one ends first; within a shorter one it is cancelled by it', async () => {
    const within = (outerMs: number, innerMs: number) =>
      runOn(name, () =>
        caught(() =>
          timeout(outerMs, function* outer() {
            try {
              yield* timeout(innerMs, function* inner() {
                yield* sleep(10_000);
              });
            } catch (error) {
              if (error instanceof TimeoutError) return 'inner';
              throw error;
            }
            return 'none';
          })[Symbol.iterator](),
        ),
      );
    expect(await within(10_000, 1)).toBe('inner');
    expect(await within(1, 10_000)).toMatchObject({
      code: 'TIMEOUT',
      message: 'outer took longer than 1.00 ms',
    });
  });
});
