import { describe, expect, it } from 'vitest';
import { REAL_SELECTORS, runOn, SELECTORS, withLoop } from '../../../test/support/loop-leaks.js';
import {
  CancelledError,
  Event,
  gather,
  Lock,
  Queue,
  sleep,
  startTask,
  taskGroup,
  timeout,
  TimeoutError,
  type Coroutine,
  type EventLoop,
  type Task,
} from '../index.js';

/** Something of everything, each part of it between an entry and an exit. */
class Script {
  readonly lock = new Lock();
  readonly inside = new Set<string>();
  readonly entered: string[] = [];
  readonly #queue = new Queue<number>(1);
  readonly #event = new Event();

  *main(): Coroutine<string> {
    return yield* taskGroup((group) =>
      this.#in('group body', () => {
        group.start(this.#in('producer', () => this.#produce()));
        group.start(
          this.#in('consumer', () =>
            this.#queue.each((item) => this.lock.use(() => this.#in('item', () => nap(item)))),
          ),
        );
        group.start(this.#in('holder', () => this.lock.use(() => nap(2))));
        return this.#body();
      }),
    );
  }

  *#body(): Coroutine<string> {
    yield* gather([
      sleep(1),
      () => this.#in('nested', () => gather([sleep(1), () => nap(2)])[Symbol.iterator]()),
      timeout(50, () => this.#in('limited', () => nap(3))),
      startTask(this.#in('free', () => nap(1))),
      () => this.#in('waiting for the event', () => this.#event.wait()[Symbol.iterator]()),
      () => this.#set(),
    ]);
    try {
      yield* timeout(1, () => this.#in('too slow', () => nap(1000)));
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
    }
    return 'whole';
  }

  *#produce(): Coroutine<void> {
    for (const item of [0, 1, 2]) {
      yield* this.#queue.put(item);
      yield* sleep(0);
    }
    this.#queue.close();
  }

  *#set(): Coroutine<void> {
    yield* sleep(1);
    this.#event.set();
  }

  *#in<T>(what: string, work: () => Coroutine<T>): Coroutine<T> {
    const name = `${what} ${this.entered.length}`;
    this.entered.push(name);
    this.inside.add(name);
    try {
      return yield* work();
    } finally {
      this.inside.delete(name);
      // Cleaning up may take its time, and be cancelled in its turn.
      yield* sleep(0.5);
    }
  }
}

function* nap(durationMs: number): Coroutine<void> {
  yield* sleep(durationMs);
}

type Ending = 'whole' | 'cancelled';

/** Runs the script and cancels it before the callback of that number. */
function cancelBefore(loop: EventLoop, number: number): { ending: Ending; callbacks: number } {
  const script = new Script();
  let task: Task<string> | undefined;
  let callbacks = 0;
  loop.instrument = {
    handleStarted: () => {
      callbacks += 1;
      if (callbacks === number) task?.cancel();
    },
  };
  const ending = loop.run(function* main(): Coroutine<Ending> {
    task = startTask(() => script.main());
    try {
      yield* task;
      return 'whole';
    } catch (error) {
      expect(error).toBeInstanceOf(CancelledError);
      return 'cancelled';
    }
  });
  expect([...script.inside]).toEqual([]);
  expect(script.lock.isLocked).toBe(false);
  return { ending, callbacks };
}

describe('cancelling a script of everything', () => {
  it('at every single point runs its finally blocks and leaves nothing behind', async () => {
    const endings: Ending[] = [];
    for (let number = 2; endings.at(-1) !== 'whole' || number < 60; number += 1) {
      await withLoop('manual', (loop) => {
        endings.push(cancelBefore(loop, number).ending);
      });
    }
    expect(endings.filter((ending) => ending === 'cancelled').length).toBeGreaterThan(60);
  });

  it.each(REAL_SELECTORS)('at some points on %s does the same', async (name) => {
    for (let number = 2; number < 120; number += 9) {
      await withLoop(name, (loop) => void cancelBefore(loop, number));
    }
    expect.hasAssertions();
  });
});

describe.each(SELECTORS)('what was granted in the pass of the cancellation, on %s', (name) => {
  it('is not lost: an item is still taken, and the next operation is given up', async () => {
    const seen = await runOn(name, function* main() {
      const log: unknown[] = [];
      const queue = new Queue<string>();
      const taker = startTask(function* taker() {
        log.push(yield* queue.take());
        yield* sleep(1);
        log.push('not reached');
      });
      yield* sleep(0);
      yield* queue.put('item');
      taker.cancel();
      try {
        yield* taker;
      } catch (error) {
        log.push(error instanceof CancelledError);
      }
      return [...log, queue.size];
    });
    expect(seen).toEqual(['item', true, 0]);
  });

  it('is not lost: a lock is released again', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const lock = new Lock();
      yield* lock.acquire();
      const second = startTask(() => lock.use(() => nap(1)));
      const third = startTask(() =>
        lock.use(function* work() {
          log.push('third is in');
          yield* sleep(0);
        }),
      );
      yield* sleep(0);
      lock.release();
      second.cancel();
      yield* third;
      return [...log, String(lock.isLocked), String(second.isCancelled)];
    });
    expect(seen).toEqual(['third is in', 'false', 'true']);
  });

  it('who waits and is cancelled first gets nothing: the next in line does', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const queue = new Queue<string>();
      const takers = ['first', 'second'].map((who) =>
        startTask(function* taker() {
          log.push(`${who} ${yield* queue.take()}`);
        }),
      );
      yield* sleep(0);
      takers[0]?.cancel();
      yield* queue.put('item');
      yield* sleep(0);
      return log;
    });
    expect(seen).toEqual(['second item']);
  });
});
