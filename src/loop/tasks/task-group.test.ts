import { describe, expect, it } from 'vitest';
import { runOn, SELECTORS } from '../../../test/support/loop-leaks.js';
import { worker } from '../../../test/support/worker.js';
import {
  CancelledError,
  Event,
  sleep,
  startTask,
  taskGroup,
  TaskGroupError,
  type Coroutine,
  type TaskStarter,
} from '../index.js';

describe.each(SELECTORS)('a task group on %s', (name) => {
  it('ends when all its tasks have, and brings what its body returned', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const result = yield* taskGroup(function* body(group) {
        group.start(worker(log, 'a', 2));
        group.start(worker(log, 'b', 1));
        yield* sleep(0);
        return 'body';
      });
      return [...log, result];
    });
    expect(seen).toEqual(['b done', 'a done', 'body']);
  });

  it('in which a task fails cancels the others and the body, and fails alike', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      try {
        yield* taskGroup(function* body(group) {
          group.start(worker(log, 'sibling', 10_000));
          group.start(worker(log, 'failing', 1, new Error('broken')));
          yield* worker(log, 'body', 10_000)();
        });
      } catch (error) {
        log.push(String(error));
      }
      return log;
    });
    expect(seen.toSorted()).toEqual(
      ['Error: broken', 'body cancelled', 'failing done', 'sibling cancelled'].toSorted(),
    );
    expect(seen.at(-1)).toBe('Error: broken');
  });

  it('in which the body fails cancels its tasks', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      try {
        yield* taskGroup(function* body(group) {
          group.start(worker(log, 'task', 10_000));
          yield* sleep(1);
          throw new Error('in the body');
        });
      } catch (error) {
        log.push(String(error));
      }
      return log;
    });
    expect(seen).toEqual(['task cancelled', 'Error: in the body']);
  });

  it('in which several fail reports them all', async () => {
    const errors = ['one', 'two', 'three'].map((text) => new Error(text));
    const failing = function* main(): Coroutine<void> {
      yield* taskGroup(function* body(group) {
        yield* sleep(0);
        for (const error of errors) {
          group.start(function* work() {
            try {
              yield* sleep(1);
            } finally {
              // oxlint-disable-next-line no-unsafe-finally -- cleaning up fails
              throw error;
            }
          });
        }
      });
    };
    const caught = await runOn(name, function* main() {
      try {
        return yield* failing();
      } catch (error) {
        return error;
      }
    });
    expect(caught).toBeInstanceOf(TaskGroupError);
    expect((caught as TaskGroupError).errors).toEqual(errors);
    expect((caught as TaskGroupError).message).toBe('3 tasks failed: one; two; three');
    expect((caught as TaskGroupError).cause).toBe(errors[0]);
  });

  it('cancelled from outside cancels all its tasks, and has ended when they have', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      const task = startTask(function* outer() {
        yield* taskGroup(function* body(group) {
          group.start(worker(log, 'a', 10_000));
          group.start(function* slowToEnd() {
            try {
              yield* sleep(10_000);
            } finally {
              yield* sleep(3);
              log.push('b ended');
            }
          });
          yield* worker(log, 'body', 10_000)();
        });
      });
      yield* sleep(1);
      task.cancel();
      try {
        yield* task;
      } catch (error) {
        log.push(String(error instanceof CancelledError));
      }
      return log;
    });
    expect(seen.toSorted()).toEqual(['a cancelled', 'b ended', 'body cancelled', 'true']);
    expect(seen.slice(-2)).toEqual(['b ended', 'true']);
  });

  it('one of whose tasks was given up by itself goes on', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      yield* taskGroup(function* body(group) {
        const task = group.start(worker(log, 'given up', 10_000));
        const isGivenUp = new Event();
        group.start(function* other() {
          yield* isGivenUp.wait();
          yield* sleep(1);
          log.push('other done');
        });
        yield* sleep(1);
        task.cancel();
        isGivenUp.set();
      });
      return log;
    });
    expect(seen).toEqual(['given up cancelled', 'other done']);
  });

  it('that is being cancelled cancels what is started in it still', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      try {
        yield* taskGroup(function* body() {
          try {
            yield* sleep(1);
            throw new Error('first');
          } finally {
            yield* sleep(1);
          }
        });
      } catch (error) {
        log.push(String(error));
      }
      const task = startTask(() =>
        taskGroup(function* body(group) {
          try {
            yield* sleep(10_000);
          } finally {
            group.start(worker(log, 'late', 10_000));
          }
        })[Symbol.iterator](),
      );
      yield* sleep(1);
      task.cancel();
      try {
        yield* task;
      } catch {
        log.push('ended');
      }
      return log;
    });
    expect(seen).toEqual(['Error: first', 'late cancelled', 'ended']);
  });

  it('that is over refuses to start a task', async () => {
    await runOn(name, function* main() {
      let kept: TaskStarter | undefined;
      yield* taskGroup(function* body(group) {
        kept = group;
        yield* sleep(0);
      });
      expect(() => kept?.start(() => sleep(1)[Symbol.iterator]())).toThrow(
        'the task group is over; start tasks while it runs',
      );
      return true;
    });
  });
});
