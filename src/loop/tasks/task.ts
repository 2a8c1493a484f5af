import { UsageError, type LwasyncError } from '../../core/errors.js';
import type { EventLoop } from '../event-loop.js';
import { CancelledError } from '../errors.js';
import { Handle } from '../handle.js';
import type { TaskInfo } from '../instruments/instrument.js';
import type { Coroutine, Work } from './coroutine.js';
import { Future } from './future.js';
import { currentLoop, currentTask, setCurrentTask } from './running.js';
import { toCoroutine } from './to-coroutine.js';

let lastId = 0;

/** How a task is started. */
export interface TaskOptions {
  /** What it is called in traces and warnings; the name of its function unless said otherwise. */
  readonly name?: string;
}

/**
 * A coroutine on its way: the loop takes it from one `yield*` to the next. It is a future of what the coroutine returns.
 *
 * Cancelling it throws a `CancelledError` into the coroutine where it waits, so that its `finally` blocks run. An operation
 * that was completed meanwhile is delivered first, so that nothing it brought is lost; the next one is then given up.
 */
export class Task<T> extends Future<T> implements TaskInfo {
  readonly id: number;
  readonly name: string;
  readonly parent: TaskInfo | undefined;
  readonly #coroutine: Coroutine<T>;
  readonly #step: Handle;
  readonly #isOwned: boolean;
  #awaited: Future<unknown> | undefined;
  #isToBeCancelled = false;
  #toThrow: LwasyncError | undefined;

  /** `isOwned`: whoever waits for it started it, so that being cancelled there cancels it too. */
  constructor(loop: EventLoop, work: Work<T>, options: TaskOptions & { isOwned?: boolean } = {}) {
    super(loop);
    const { coroutine, name } = toCoroutine(loop, work);
    lastId += 1;
    this.id = lastId;
    this.name = options.name ?? name;
    // A chain of tasks that each start the next would otherwise keep all its links.
    this.parent = loop.instrument === undefined ? undefined : currentTask();
    this.#coroutine = coroutine;
    this.#isOwned = options.isOwned ?? false;
    this.#step = new Handle('step', () => this.#takeStep());
    loop.tasks.add(this);
    loop.instrument?.taskSpawned?.(this);
    loop.enqueue(this.#step);
  }

  /** Whether it was cancelled and has not been told yet. */
  get isBeingCancelled(): boolean {
    return this.#isToBeCancelled;
  }

  /** Gives it up: it is cancelled where it waits now, or where it waits next. Returns false when it is done already. */
  override cancel(): boolean {
    if (this.isDone) return false;
    this.#isToBeCancelled = true;
    const awaited = this.#awaited;
    // Not waiting, it is about to take a step, and the next operation that it begins fails.
    if (awaited === undefined || awaited.stopWaiting(this.#step)) return true;
    this.#awaited = undefined;
    this.#toThrow = new CancelledError();
    this.loop.enqueue(this.#step);
    return true;
  }

  /** Whether it is to be cancelled. Asked by an operation that then fails with a `CancelledError`. */
  takeCancellation(): boolean {
    const taken = this.#isToBeCancelled;
    this.#isToBeCancelled = false;
    return taken;
  }

  protected override withdrawWhenAlone(): boolean {
    return this.#isOwned && this.cancel();
  }

  #takeStep(): void {
    const before = setCurrentTask(this);
    const awaited = this.#awaited;
    this.#awaited = undefined;
    if (awaited?.isCancelled === true) this.#isToBeCancelled = false;
    try {
      const { done, value } =
        this.#toThrow === undefined ? this.#coroutine.next() : this.#throw(this.#toThrow);
      if (done === true) this.#end(() => this.resolve(value));
      else this.#waitFor(value);
    } catch (error) {
      this.#end(() => this.rejectLoudly(error));
    } finally {
      setCurrentTask(before);
      this.loop.instrument?.taskStepped?.(this);
    }
  }

  #throw(error: LwasyncError): IteratorResult<Future<unknown>, T> {
    this.#toThrow = undefined;
    if (error instanceof CancelledError) this.#isToBeCancelled = false;
    return this.#coroutine.throw(error);
  }

  #waitFor(awaited: unknown): void {
    if (awaited instanceof Future) {
      this.#awaited = awaited;
      awaited.wakeWhenDone(this.#step);
      if (this.#isToBeCancelled) this.cancel();
    } else {
      this.#toThrow = new UsageError(
        `the task ${this.name} yielded something that is no future; write yield* instead of yield`,
      );
      this.loop.enqueue(this.#step);
    }
  }

  #end(settle: () => void): void {
    settle();
    this.loop.instrument?.taskExited?.(this);
    // A failure that nobody waits for is told of in the next pass, and no host returns before.
    if (this.isObserved || !this.isFailed) this.loop.tasks.delete(this);
    else this.loop.callSoon(() => this.loop.tasks.delete(this));
  }
}

/** Starts a task that goes on by itself; cancelling whoever waits for it does not cancel it. */
export function startTask<T>(work: Work<T>, options: TaskOptions = {}): Task<T> {
  return new Task(currentLoop(), work, options);
}

/** Starts a task for whoever waits for it: cancelling that one cancels it, and waits until it has ended. */
export function startOwnedTask<T>(work: Work<T>, options: TaskOptions = {}): Task<T> {
  return new Task(currentLoop(), work, { ...options, isOwned: true });
}
