import {
  currentLoop,
  Event,
  Future,
  gather,
  Lock,
  Queue,
  QueueClosedError,
  Semaphore,
  sleep,
  startTask,
  taskGroup,
  timeout,
  TimeoutError,
  type Coroutine,
} from '../../src/loop/index.js';
import { napping, outcome, pass, type Scenario } from './scenario-steps.js';

/** What tasks are put together with. */
export const TOOL_SCENARIOS: Readonly<Record<string, Scenario>> = {
  *gather(log) {
    const works = [napping(log, 'slow', 20), napping(log, 'quick', 2), sleep(5)];
    log(JSON.stringify(yield* gather(works)));
  },
  *'gather in which one fails'(log) {
    const fails = function* fails(): Coroutine<void> {
      yield* sleep(2);
      throw new Error('one failed');
    };
    const waits = function* waits(): Coroutine<void> {
      try {
        yield* sleep(10_000);
      } finally {
        log('the other is cancelled');
      }
    };
    yield* outcome(log, gather([waits, fails]));
  },
  *'a task group'(log) {
    const result = yield* taskGroup(function* body(group) {
      group.start(() => napping(log, 'a', 10)[Symbol.iterator]());
      yield* sleep(1);
      log('body ends');
      return 'of the body';
    });
    log(result);
  },
  *'a task group in which several fail'(log) {
    const group = taskGroup(function* body(starter) {
      for (const text of ['one', 'two']) {
        starter.start(function* work() {
          yield* Future.of(currentLoop(), undefined);
          throw new Error(text);
        });
      }
      yield* sleep(10_000);
    });
    yield* outcome(log, group);
  },
  *'a timeout'(log) {
    yield* outcome(
      log,
      timeout(5, function* slow() {
        try {
          yield* sleep(10_000);
        } finally {
          log('too slow');
        }
      }),
    );
  },
  *'what is done in time'(log) {
    yield* outcome(log, timeout(10_000, napping(log, 'quick', 1)));
  },
  *'a timeout within a timeout'(log) {
    const inner = function* inner(): Coroutine<string> {
      try {
        yield* timeout(2, sleep(10_000));
      } catch (error) {
        if (error instanceof TimeoutError) return 'the inner one';
      }
      return 'none';
    };
    yield* outcome(log, timeout(10_000, inner));
  },
  *'a lock'(log) {
    const lock = new Lock();
    const user = (who: string) => () =>
      lock.use(function* work() {
        log(`${who} enters`);
        yield* pass();
        log(`${who} leaves`);
      });
    yield* gather([user('a'), user('b'), user('c')]);
  },
  *'a semaphore'(log) {
    const semaphore = new Semaphore(2);
    const user = (who: string, durationMs: number) => () =>
      semaphore.use(function* work() {
        log(`${who} enters`);
        yield* sleep(durationMs);
      });
    yield* gather([user('a', 20), user('b', 5), user('c', 1), user('d', 1)]);
  },
  *'an event'(log) {
    const event = new Event();
    const waiter = (who: string) =>
      function* wait(): Coroutine<void> {
        yield* event.wait();
        log(`${who} is woken`);
      };
    const tasks = ['a', 'b'].map((who) => startTask(waiter(who)));
    yield* pass();
    log('set');
    event.set();
    yield* gather(tasks);
  },
  *'a queue that holds two'(log) {
    const queue = new Queue<number>(2);
    const producer = startTask(function* produce() {
      for (let item = 1; item <= 5; item += 1) {
        yield* queue.put(item);
        log(`${item} is in`);
      }
      queue.close();
    });
    yield* queue.each(function* work(item) {
      yield* pass();
      log(`${item} is out`);
    });
    yield* producer;
    log(String((yield* closed(queue)) instanceof QueueClosedError));
  },
  *'a cancelled taker'(log) {
    const queue = new Queue<string>();
    const takers = ['a', 'b'].map((who) =>
      startTask(function* taker() {
        log(`${who} ${yield* queue.take()}`);
      }),
    );
    yield* pass();
    takers[0]?.cancel();
    yield* queue.put('item');
    for (const taker of takers) yield* outcome(log, taker);
  },
  *'a failure of a task that nobody waits for'(log) {
    startTask(function* fails() {
      yield* Future.of(currentLoop(), undefined);
      throw new Error('nobody looked');
    });
    try {
      yield* sleep(10_000);
    } finally {
      log('main is cancelled');
    }
  },
  *'a callback that throws'(log) {
    currentLoop().callSoon(() => {
      throw new Error('in the callback');
    });
    currentLoop().callSoon(() => log('the other runs'));
    yield* sleep(10_000);
  },
};

function* closed(queue: Queue<number>): Coroutine<unknown> {
  try {
    return yield* queue.take();
  } catch (error) {
    return error;
  }
}
