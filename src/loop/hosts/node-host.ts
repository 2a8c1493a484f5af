import { monotonicNow } from '../../core/clock.js';
import type { Milliseconds } from '../../core/units.js';
import { StoppedError } from '../errors.js';
import type { EventLoop } from '../event-loop.js';
import type { Attachment } from '../selectors/selector.js';
import { isCoroutine, type Coroutine } from '../tasks/coroutine.js';
import { enterLoop } from '../tasks/running.js';
import { Task } from '../tasks/task.js';
import { MOST_FAILURES } from './most-failures.js';

// After so long Node's own loop has a turn, so that its timers, signals and I/O are on time. What takes several of its turns,
// like reading a file, is late by as many slices.
const SLICE_MS: Milliseconds = 1;

/**
 * Runs `main`, an async function or a generator function, with Node's own loop going on beside ours. Tasks that are left
 * at the end are cancelled, and have ended when the promise settles. A worker thread in which this goes on must not be
 * terminated, which would abort the process (koffi 3.3): let it end by itself. When several things failed, it rejects with the first.
 */
export async function hostInNode<T>(
  loop: EventLoop,
  main: () => PromiseLike<T> | Coroutine<T>,
): Promise<T> {
  const leave = enterLoop(loop, 'node');
  let host: NodeHost | undefined;
  try {
    host = new NodeHost(loop);
    let result: T;
    try {
      result = await Promise.race([begin(loop, main), host.failure]);
    } finally {
      for (const left of loop.tasks) left.cancel();
      await host.tasksEnded();
    }
    // What failed in the end fails all; the first that is settled already wins.
    return await Promise.race([host.failure, result]);
  } finally {
    host?.detach();
    leave();
  }
}

function begin<T>(
  loop: EventLoop,
  main: () => PromiseLike<T> | Coroutine<T>,
): PromiseLike<T> | Task<T> {
  const begun = main();
  return isCoroutine(begun) ? new Task(loop, begun, { name: main.name || 'main' }) : begun;
}

/**
 * Some facts. Node empties the microtask queue before it looks at its queue of next ticks, so every continuation has run
 * when a next tick that was asked for in a microtask begins. What libuv's poll calls back must not throw, since nobody
 * hears of it, and must not run for long, since Node runs no microtask before it returns. `setImmediate` comes right after
 * libuv's poll, in the same iteration.
 *
 * So libuv watches our selector and only orders a `setImmediate`; from there passes and microtasks alternate until nothing
 * is ready or a slice of time is over. Whether there is anything left to wait for is decided only after a pass in which
 * nothing ran: after any other, a continuation may have begun something.
 */
class NodeHost {
  /** Rejects with what a callback of the loop threw. */
  readonly failure: Promise<never>;
  readonly #loop: EventLoop;
  readonly #attachment: Attachment;
  #reject: (error: unknown) => void = () => {};
  #failures = 0;
  #isAwake = false;
  #isDetached = false;
  #sliceEndsMs: Milliseconds = 0;
  #whenTasksEnded: (() => void) | undefined;

  constructor(loop: EventLoop) {
    this.#loop = loop;
    this.failure = new Promise((_resolve, reject) => {
      this.#reject = reject;
    });
    this.failure.catch(() => {});
    this.#attachment = loop.selector.attach(this.#wake);
    this.#wake();
  }

  /** Resolves when the last task has ended. */
  async tasksEnded(): Promise<void> {
    if (this.#isEnded()) return;
    await new Promise<void>((resolve) => {
      this.#whenTasksEnded = resolve;
    });
  }

  detach(): void {
    this.#isDetached = true;
    this.#loop.onNews = undefined;
    this.#attachment.detach();
  }

  readonly #wake = (): void => {
    if (this.#isAwake) return;
    this.#isAwake = true;
    this.#loop.onNews = undefined;
    setImmediate(this.#drain);
  };

  readonly #drain = (): void => {
    this.#sliceEndsMs = monotonicNow() + SLICE_MS;
    this.#tick();
  };

  readonly #tick = (): void => {
    if (this.#isDetached) return;
    let ran = 1;
    // Who is woken by the end of the last task has a pass of its own.
    const wasEnded = this.#isEnded();
    try {
      ran = this.#loop.runOnce(0);
    } catch (error) {
      this.#fail(error);
    }
    if (this.#loop.isStopped) {
      this.#loop.isStopped = false;
      this.#fail(new StoppedError());
    }
    if (wasEnded) this.#whenTasksEnded?.();
    if (ran === 0) this.#sleep();
    else if (monotonicNow() >= this.#sliceEndsMs) setImmediate(this.#drain);
    else queueMicrotask(this.#tickAfterMicrotasks);
  };

  readonly #tickAfterMicrotasks = (): void => process.nextTick(this.#tick);

  #fail(error: unknown): void {
    this.#failures += 1;
    this.#reject(error);
  }

  #isEnded(): boolean {
    return this.#loop.tasks.size === 0 || this.#failures >= MOST_FAILURES;
  }

  #sleep(): void {
    const { timers, watches } = this.#loop;
    this.#isAwake = false;
    this.#loop.onNews = this.#wake;
    this.#attachment.sleep(this.#loop.timeoutMs(), timers.size + watches.size > 0);
  }
}
