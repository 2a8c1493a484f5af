import { currentLoop, Future, sleep, startTask, type Coroutine } from '../../src/loop/index.js';
import { napping, outcome, pass, type Scenario } from './scenario-steps.js';

/** Callbacks, timers, futures and tasks. */
export const TASK_SCENARIOS: Readonly<Record<string, Scenario>> = {
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
};
