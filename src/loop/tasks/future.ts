import type { EventLoop } from '../event-loop.js';
import { CancelledError } from '../errors.js';
import { Handle } from '../handle.js';
import { Wait } from './wait.js';

type Outcome<T> =
  | { readonly kind: 'pending' }
  | { readonly kind: 'fulfilled'; readonly value: T }
  | { readonly kind: 'rejected'; readonly error: unknown };

const PENDING = { kind: 'pending' } as const;

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
  #outcome: Outcome<T> = PENDING;
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
    return this.#outcome.kind !== 'pending';
  }

  get isCancelled(): boolean {
    return this.#outcome.kind === 'rejected' && this.#outcome.error instanceof CancelledError;
  }

  /** Whether it failed, other than by being given up. */
  get isFailed(): boolean {
    return this.#outcome.kind === 'rejected' && !this.isCancelled;
  }

  /** What it failed with; `undefined` while it did not. */
  get error(): unknown {
    return this.#outcome.kind === 'rejected' ? this.#outcome.error : undefined;
  }

  /** Fulfils it. Nothing happens when it is done already. */
  resolve(value: T): void {
    if (this.isDone) return;
    this.#outcome = { kind: 'fulfilled', value };
    this.#wake();
  }

  /** Lets it fail. Nothing happens when it is done already. */
  reject(error: unknown): void {
    if (this.isDone) return;
    this.#outcome = { kind: 'rejected', error };
    this.#wake();
  }

  /** Fulfils it with a value, or as a promise of one is settled. */
  adopt(value: T | PromiseLike<T>): void {
    if (!isPromiseLike(value)) this.resolve(value);
    else
      value.then(
        (result) => this.resolve(result),
        (error: unknown) => this.reject(error),
      );
  }

  /** Lets it fail; when nobody waits for it by the next pass, the error ends the loop, or nobody would hear of it. */
  rejectLoudly(error: unknown): void {
    this.reject(error);
    if (this.isObserved || this.isCancelled) return;
    this.loop.callSoon(() => {
      if (!this.isObserved) this.result();
    });
  }

  /** Gives it up: whoever waits gets a `CancelledError`. Returns false when it is done already. */
  cancel(): boolean {
    if (this.isDone) return false;
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
    const outcome = this.#outcome;
    if (outcome.kind === 'fulfilled') return outcome.value;
    if (outcome.kind === 'pending') throw new Error('the future is not done yet');
    this.isObserved = true;
    throw outcome.error;
  }

  /** Puts `handle` into the ready queue when it is done, or at once if it is. */
  wakeWhenDone(handle: Handle): void {
    this.isObserved = true;
    if (this.isDone) this.loop.enqueue(handle);
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
    if (this.isDone) return true;
    if (this.#waiting === handle && this.withdrawWhenAlone()) return true;
    if (this.#waiting === handle) {
      this.#waiting = undefined;
    } else if (Array.isArray(this.#waiting)) {
      const others = this.#waiting.filter((other) => other !== handle);
      this.#waiting = others.length === 1 ? others[0] : others;
    }
    return false;
  }

  /** What `await` calls. The callbacks run in a pass of the loop. */
  // oxlint-disable-next-line unicorn/no-thenable -- being awaitable is what it is for
  then<Value = T, Failure = never>(
    fulfilled?: ((value: T) => Value | PromiseLike<Value>) | null,
    rejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): PromiseLike<Value | Failure> {
    if (fulfilled == null || rejected == null) return this.#toPromise().then(fulfilled, rejected);
    const next = new Future<Value | Failure>(this.loop);
    const settle = (): void => {
      const outcome = this.#outcome;
      try {
        if (outcome.kind === 'fulfilled') next.adopt(fulfilled(outcome.value));
        else next.adopt(rejected(this.error));
      } catch (error) {
        next.rejectLoudly(error);
      }
    };
    this.wakeWhenDone(new Handle('step', settle, true));
    return next;
  }

  /** What `yield*` calls: hands the future to the task, which goes on when it is done. */
  [Symbol.iterator](): Wait<T> {
    return new Wait(this);
  }

  /** Whether being waited for no more ends it; a task that somebody else started goes on. */
  protected withdrawWhenAlone(): boolean {
    return this.cancel();
  }

  #toPromise(): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        if (this.#outcome.kind === 'fulfilled') resolve(this.#outcome.value);
        else reject(this.error);
      };
      this.wakeWhenDone(new Handle('step', settle, true));
    });
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    if (!Array.isArray(waiting)) this.loop.enqueue(waiting);
    else for (const handle of waiting) this.loop.enqueue(handle);
  }
}

function isPromiseLike<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
