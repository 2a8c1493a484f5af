import { UsageError } from '../../core/errors.js';
import { CancelledError, TaskGroupError } from '../errors.js';
import { Handle } from '../handle.js';
import type { Coroutine, Work } from './coroutine.js';
import { Future } from './future.js';
import { currentLoop } from './running.js';
import { startOwnedTask, type Task, type TaskOptions } from './task.js';

/** Starts tasks that do not outlive the group. */
export interface TaskStarter {
  /** Starts a task in the group. Throws `UsageError` when the group is over. */
  start<T>(work: Work<T>, options?: TaskOptions): Task<T>;
}

/**
 * A task that runs `body`, which starts further tasks in the group, and is done when all of them are. When one fails, the
 * others and the body are cancelled, and the group fails with what it failed with, or with a `TaskGroupError` when several
 * failed. Cancelling the group cancels all of them. So no task is ever left behind.
 */
export function taskGroup<T>(body: (group: TaskStarter) => Coroutine<T>): Task<T> {
  const group = new TaskGroup();
  const main = function* untilAllEnded(): Coroutine<T> {
    const result = group.start(() => body(group), { name: body.name || 'group body' });
    yield* group.allEnded();
    return result.result();
  };
  return startOwnedTask(main, { name: 'task group' });
}

/**
 * A task that does all of `works` at the same time and brings their results in order. When one fails, the others are
 * cancelled, as in a group.
 */
export function gather<const Works extends readonly Work<unknown>[]>(
  works: Works,
): Task<{ -readonly [Index in keyof Works]: Works[Index] extends Work<infer T> ? T : never }>;
export function gather(works: readonly Work<unknown>[]): Task<unknown[]> {
  const group = new TaskGroup();
  const main = function* inOrder(): Coroutine<unknown[]> {
    const tasks = group.startAll(works);
    yield* group.allEnded();
    return tasks.map((task) => task.result());
  };
  return startOwnedTask(main, { name: 'gather' });
}

class TaskGroup implements TaskStarter {
  readonly #tasks = new Set<Task<unknown>>();
  readonly #errors: unknown[] = [];
  #nextEnd: Future<void> | undefined;
  #isOver = false;
  #isCancelled = false;

  start<T>(work: Work<T>, options: TaskOptions = {}): Task<T> {
    if (this.#isOver) throw new UsageError('the task group is over; start tasks while it runs');
    const task = startOwnedTask(work, options);
    this.#tasks.add(task);
    task.wakeWhenDone(new Handle('callback', () => this.#ended(task)));
    if (this.#isCancelled) task.cancel();
    return task;
  }

  /** Starts a task for each. When one cannot be started, the group has failed. */
  startAll(works: readonly Work<unknown>[]): Task<unknown>[] {
    try {
      return works.map((work) => this.start(work));
    } catch (error) {
      this.#fail(error);
      return [];
    }
  }

  /** Waits for all tasks, cancelled or not, and throws what they failed with. */
  *allEnded(): Coroutine<void> {
    let outside: CancelledError | undefined;
    while (this.#tasks.size > 0) {
      this.#nextEnd = new Future(currentLoop());
      try {
        yield* this.#nextEnd;
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        outside = error;
        this.#cancel();
      }
    }
    this.#isOver = true;
    if (this.#errors.length === 1) throw this.#errors[0];
    if (this.#errors.length > 1) throw new TaskGroupError(this.#errors);
    if (outside !== undefined) throw outside;
  }

  #ended(task: Task<unknown>): void {
    this.#tasks.delete(task);
    if (task.isFailed) this.#fail(task.error);
    this.#nextEnd?.resolve(undefined);
  }

  #fail(error: unknown): void {
    this.#errors.push(error);
    this.#cancel();
  }

  #cancel(): void {
    this.#isCancelled = true;
    for (const task of this.#tasks) task.cancel();
  }
}
