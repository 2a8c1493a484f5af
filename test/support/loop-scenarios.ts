import {
  CancelledError,
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
  type Task,
} from '../../src/loop/index.js';

/** Writes down what happens, in its order. */
type Log = (text: string) => void;

/** Makes a coroutine that tells of its steps; whatever drives it, it must tell the same. */
export type Scenario = (log: Log) => Coroutine<unknown>;

/** A task that says when it begins, sleeps and ends. */
function napping(log: Log, who: string, durationMs: number): Task<string> {
  return startTask(function* nap() {
    log(`${who} begins`);
    try {
      yield* sleep(durationMs);
      log(`${who} ends`);
    } catch (error) {
      log(`${who} is cancelled`);
      throw error;
    }
    return who;
  });
}

/** Waits for something and says how it ended. */
function* outcome(log: Log, what: Future<unknown>): Coroutine<void> {
  try {
    log(`result ${String(yield* what)}`);
  } catch (error) {
    log(error instanceof CancelledError ? 'cancelled' : `error ${String(error)}`);
  }
}

/** Lets the others have a turn. */
function pass(): Future<void> {
  return sleep(0);
}

/** The scenarios by what they are about. Times are far enough apart that a slow machine keeps their order. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  *'a result'() {
    yield* pass();
    return 'the result';
  },
  *'an error'() {
    yield* pass();
    throw new Error('the error');
  },
  *'a future that is there already'(log) {
    log(yield* Future.of(currentLoop(), 'there'));
  },
  *'a future that failed already'(log) {
    yield* outcome(log, Future.failed(currentLoop(), new Error('failed')));
  },
  *'callbacks in their order'(log) {
    for (const text of ['a', 'b', 'c']) currentLoop().callSoon(() => log(text));
    yield* pass();
    yield* pass();
  },
  *'a callback that was cancelled'(log) {
    const handle = currentLoop().callSoon(() => log('never'));
    currentLoop().callSoon(() => log('other'));
    handle.cancel();
    yield* pass();
    yield* pass();
  },
  *'timers in the order of their deadlines'(log) {
    const done = [30, 10, 20].map((ms) => napping(log, `${ms} ms`, ms));
    for (const task of done) log(yield* task);
  },
  *'timers of the same time, in the order of their start'(log) {
    const loop = currentLoop();
    const atMs = loop.time() + 5;
    for (const text of ['a', 'b', 'c']) loop.callAt(atMs, () => log(text));
    yield* sleep(30);
  },
  *'a timer that was cancelled'(log) {
    const timer = currentLoop().callLater(5, () => log('never'));
    timer.cancel();
    yield* sleep(20);
  },
  *'a task begins later than it is started'(log) {
    const task = napping(log, 'task', 0);
    log('started');
    log(yield* task);
  },
  *'tasks take turns'(log) {
    const turns = (who: string) =>
      function* takeTurns(): Coroutine<void> {
        for (let turn = 1; turn <= 3; turn += 1) {
          log(`${who} ${turn}`);
          yield* Future.of(currentLoop(), undefined);
        }
      };
    const [a, b] = [startTask(turns('a')), startTask(turns('b'))];
    yield* a;
    yield* b;
  },
  *'two wait for one task'(log) {
    const task = napping(log, 'task', 5);
    const waiters = ['a', 'b'].map((who) =>
      startTask(function* wait() {
        log(`${who} ${yield* task}`);
      }),
    );
    for (const waiter of waiters) yield* waiter;
  },
  *'a task that fails'(log) {
    const task = startTask(function* fails() {
      yield* sleep(1);
      throw new Error('in the task');
    });
    yield* outcome(log, task);
  },
  *'a task that is cancelled'(log) {
    const task = napping(log, 'task', 10_000);
    yield* pass();
    log(`cancel ${task.cancel()}`);
    yield* outcome(log, task);
    log(`cancel ${task.cancel()}`);
  },
  *'a task that takes its time to clean up'(log) {
    const task = startTask(function* work() {
      try {
        yield* sleep(10_000);
      } finally {
        log('cleaning up');
        yield* sleep(5);
        log('clean');
      }
    });
    yield* pass();
    task.cancel();
    yield* outcome(log, task);
  },
  *'a task that shrugs a cancellation off'(log) {
    const task = startTask(function* work() {
      try {
        yield* sleep(10_000);
      } catch {
        log('shrugs');
      }
      yield* sleep(1);
      return 'all the same';
    });
    yield* pass();
    task.cancel();
    yield* outcome(log, task);
  },
  *'a task left at the end'(log) {
    napping(log, 'left', 10_000);
    yield* pass();
    yield* pass();
    log('main ends');
  },
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

/** Drives a coroutine as native code does: awaits what it yields. */
export async function driveNatively<T>(coroutine: Coroutine<T>): Promise<T> {
  let step = coroutine.next();
  while (step.done !== true) {
    try {
      await step.value;
    } catch {
      // The coroutine asks the future itself, and is told.
    }
    step = coroutine.next();
  }
  return step.value;
}
