import type { EventLoop } from '../event-loop.js';
import { CancelledError } from '../errors.js';
import { Handle } from '../handle.js';

type State = 'pending' | 'fulfilled' | 'rejected';

/**
 * A result that will be there later. A task waits for it with `yield*`, native code with `await`; both are woken through the
 * ready queue, in the order in which they began to wait.
 */
export class Future<T> implements PromiseLike<T> {
  /** The loop through which it wakes who waits. */
  readonly loop: EventLoop;
  /** Whether anybody was ever told, or will be told, how it ended. */
  isObserved = false;
  readonly #withdraw: (() => void) | undefined;
  #state: State = 'pending';
  #value: T | undefined;
  #error: unknown;
  #waiting: Handle | Handle[] | undefined;

  /** `withdraw` undoes what would have settled the future; it is called when nobody waits for it any more. */
  constructor(loop: EventLoop, withdraw?: () => void) {
    this.loop = loop;
    this.#withdraw = withdraw;
  }

  /** A future that is fulfilled already. */
  static of<T>(loop: EventLoop, value: T): Future<T> {
    const future = new Future<T>(loop);
    future.resolve(value);
    return future;
  }

  /** A future that failed already. */
  static failed(loop: EventLoop, error: unknown): Future<never> {
    const future = new Future<never>(loop);
    future.reject(error);
    return future;
  }

  get isDone(): boolean {
    return this.#state !== 'pending';
  }

  get isCancelled(): boolean {
    return this.#state === 'rejected' && this.#error instanceof CancelledError;
  }

  /** Whether it failed, other than by being given up. */
  get isFailed(): boolean {
    return this.#state === 'rejected' && !(this.#error instanceof CancelledError);
  }

  /** What it failed with; `undefined` while it did not. */
  get error(): unknown {
    return this.#error;
  }

  /** Fulfils it. Nothing happens when it is done already. */
  resolve(value: T): void {
    if (this.#state !== 'pending') return;
    this.#state = 'fulfilled';
    this.#value = value;
    this.#wake();
  }

  /** Lets it fail. Nothing happens when it is done already. */
  reject(error: unknown): void {
    if (this.#state !== 'pending') return;
    this.#state = 'rejected';
    this.#error = error;
    this.#wake();
  }

  /** Gives it up: whoever waits gets a `CancelledError`. Returns false when it is done already. */
  cancel(): boolean {
    if (this.#state !== 'pending') return false;
    this.#withdraw?.();
    this.reject(new CancelledError());
    return true;
  }

  /**
   * The result.
   *
   * @throws what it failed with; a `CancelledError` when it was given up; an `Error` when it is not done.
   */
  result(): T {
    if (this.#state === 'rejected') {
      this.isObserved = true;
      throw this.#error;
    }
    if (this.#state === 'pending') throw new Error('the future is not done yet');
    // It is a T since it is fulfilled.
    return this.#value as T;
  }

  /** Puts `handle` into the ready queue when it is done, or at once if it is. */
  wakeWhenDone(handle: Handle): void {
    this.isObserved = true;
    if (this.#state !== 'pending') this.loop.enqueue(handle);
    else if (this.#waiting === undefined) this.#waiting = handle;
    else if (Array.isArray(this.#waiting)) this.#waiting.push(handle);
    else this.#waiting = [this.#waiting, handle];
  }

  /**
   * Tells it that `handle` waits no more. A future nobody else waits for is given up.
   *
   * @returns whether `handle` is woken all the same, because the future is done or was given up.
   */
  stopWaiting(handle: Handle): boolean {
    if (this.#state !== 'pending') return true;
    if (this.#waiting === handle && this.withdrawWhenAlone()) return true;
    if (this.#waiting === handle) this.#waiting = undefined;
    else if (Array.isArray(this.#waiting)) {
      this.#waiting = this.#waiting.filter((other) => other !== handle);
    }
    return false;
  }

  /** What `await` calls. The callbacks run in a pass of the loop. */
  // oxlint-disable-next-line unicorn/no-thenable -- being awaitable is what it is for
  then<Value = T, Failure = never>(
    fulfilled?: ((value: T) => Value | PromiseLike<Value>) | null,
    rejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Value | Failure> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        try {
          if (this.#state === 'fulfilled') {
            // Without a callback the value goes on as it is, and is then a Value since it is a T.
            const value = this.#value as T & Value;
            resolve(fulfilled == null ? value : fulfilled(value));
          } else if (rejected == null) reject(this.#error);
          else resolve(rejected(this.#error));
        } catch (error) {
          reject(error);
        }
      };
      this.wakeWhenDone(new Handle('step', settle, true));
    });
  }

  /** What `yield*` calls: hands the future to the task, which goes on when it is done. */
  *[Symbol.iterator](): Generator<Future<unknown>, T, void> {
    yield this;
    return this.result();
  }

  /** Whether being waited for no more ends it; a task that somebody else started goes on. */
  protected withdrawWhenAlone(): boolean {
    return this.cancel();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    if (!Array.isArray(waiting)) this.loop.enqueue(waiting);
    else for (const handle of waiting) this.loop.enqueue(handle);
  }
}
