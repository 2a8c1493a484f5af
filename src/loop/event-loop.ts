import type { Milliseconds } from '../core/units.js';
import { Handle, type Timer } from './handle.js';
import { runBlocking } from './hosts/blocking-host.js';
import { hostInNode } from './hosts/node-host.js';
import type { Instrument } from './instruments/instrument.js';
import { completeOptions, whyUnavailable, type EventLoopOptions } from './loop-options.js';
import { READ, WRITE, type Selector } from './selectors/selector.js';
import type { Coroutine } from './tasks/coroutine.js';
import type { Task } from './tasks/task.js';
import { TimerHeap } from './timer-heap.js';
import { WatchTable } from './watch-table.js';

/**
 * Runs callbacks one at a time on one thread: those whose turn it is, whose time is there, whose descriptor is ready. One
 * pass is the phases of `runOnce` in their order, which docs/event-loop.md derives.
 */
export class EventLoop {
  readonly selector: Selector;
  readonly timers: TimerHeap = new TimerHeap();
  readonly watches: WatchTable;
  /** The tasks that are not done, and those that failed and nobody was told of it yet. */
  readonly tasks: Set<Task<unknown>> = new Set();
  /** The clock of this loop: monotonic, in milliseconds. */
  readonly time: () => Milliseconds;
  instrument: Instrument | undefined;
  /** Called when there is something new to do; set by a host that sleeps. */
  onNews: (() => void) | undefined;
  isStopped = false;
  #ready: Handle[] = [];
  #batch: Handle[] = [];
  #position = 0;

  /** Why there can be no loop here, as a sentence; `undefined` where there can. */
  static unavailable(): string | undefined {
    return whyUnavailable();
  }

  /** @throws {UnavailableError} where there can be no loop. */
  constructor(options: EventLoopOptions = {}) {
    const { selector, now, instrument } = completeOptions(options);
    this.selector = selector;
    this.watches = new WatchTable(selector, () => this.onNews?.());
    this.time = now;
    this.instrument = instrument;
  }

  /** Runs a generator function as the main task and returns its result; blocks the thread until then. */
  run<T>(main: () => Coroutine<T>): T {
    return runBlocking(this, main);
  }

  /** Runs an async function with Node's own loop going on, and resolves to its result. Do not terminate a worker meanwhile. */
  host<T>(main: () => PromiseLike<T> | Coroutine<T>): Promise<T> {
    return hostInNode(this, main);
  }

  /** Runs `callback` in the next pass. */
  callSoon(callback: () => void): Handle {
    return this.enqueue(new Handle('callback', callback));
  }

  /** Runs `callback` once, so many milliseconds from now and never earlier. */
  callLater(delayMs: Milliseconds, callback: () => void): Timer {
    return this.callAt(this.time() + delayMs, callback);
  }

  /** Runs `callback` once, at a time of this loop's clock and never earlier. */
  callAt(deadlineMs: Milliseconds, callback: () => void): Timer {
    this.onNews?.();
    return this.timers.add(deadlineMs, callback);
  }

  /** Runs `callback` in every pass that finds the descriptor readable, ended or broken, until the handle is cancelled. */
  addReader(fd: number, callback: () => void): Handle {
    return this.watches.add(fd, READ, callback);
  }

  /** Runs `callback` in every pass that finds the descriptor writable or broken, until the handle is cancelled. */
  addWriter(fd: number, callback: () => void): Handle {
    return this.watches.add(fd, WRITE, callback);
  }

  /** Puts a handle into the ready queue. */
  enqueue(handle: Handle): Handle {
    this.#ready.push(handle);
    this.instrument?.handleEnqueued?.(handle);
    this.onNews?.();
    return handle;
  }

  /**
   * Makes one pass, waiting for at most `mostMs`, or the rest of one that ended in its midst. Returns how many callbacks it
   * was made of.
   */
  runOnce(mostMs: Milliseconds = Infinity): number {
    if (this.#position === this.#batch.length) {
      this.timers.dropCancelled();
      const timeoutMs = Math.min(this.timeoutMs(), mostMs);
      this.instrument?.beforeIoWait?.(timeoutMs);
      const count = this.selector.select(timeoutMs);
      this.instrument?.afterIoWait?.(count);
      this.watches.enqueueReady(count, this);
      this.instrument?.phaseEnded?.('events to the ready queue');
      this.timers.enqueueDue(this);
      this.instrument?.phaseEnded?.('due timers to the ready queue');
      // Frozen here: what a callback adds waits for the next pass, or one that adds itself would keep all others out.
      [this.#batch, this.#ready, this.#position] = [this.#ready, [], 0];
    }
    this.#runBatch();
    this.instrument?.phaseEnded?.('run what was ready');
    return this.#batch.length;
  }

  /** How long there is nothing to do, in milliseconds: 0 when something is ready, else until the first deadline. */
  timeoutMs(): Milliseconds {
    if (this.#ready.length > 0 || this.#position < this.#batch.length || this.isStopped) return 0;
    return Math.max(0, (this.timers.firstDeadlineMs ?? Infinity) - this.time());
  }

  /** Lets the host return after the callback that runs now. */
  stop(): void {
    this.isStopped = true;
    this.onNews?.();
  }

  /** Gives back what the operating system lent. Nothing may run here any more. */
  close(): void {
    this.selector.close();
  }

  #runBatch(): void {
    while (this.#position < this.#batch.length && !this.isStopped) {
      const handle = this.#batch[this.#position++];
      if (handle === undefined || handle.isCancelled) continue;
      this.instrument?.handleStarted?.(handle);
      handle.callback();
      this.instrument?.handleEnded?.(handle);
      // Native code goes on in a microtask, which has its turn before the next callback of another kind.
      if (handle.wakesNative && this.#batch[this.#position]?.wakesNative !== true) return;
    }
  }
}
