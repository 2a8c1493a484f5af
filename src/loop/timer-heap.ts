import { UsageError } from '../core/errors.js';
import type { Milliseconds } from '../core/units.js';
import { Timer, type TimerOwner } from './handle.js';

/** Where timers go when they are due. */
export interface TimerSink {
  readonly time: () => Milliseconds;
  enqueue(timer: Timer): void;
}

// Below this many, looking through cancelled timers costs less than sorting them out.
const FEW = 64;

/**
 * Timers in order of (deadline, sequence): a binary heap. A cancelled timer stays where it is until it comes to the top, so
 * that cancelling costs nothing; when more than half of the timers are cancelled ones, they are all taken out.
 */
export class TimerHeap implements TimerOwner {
  #timers: Timer[] = [];
  #cancelled = 0;
  #sequence = 0;

  /** Timers that wait. */
  get size(): number {
    return this.#timers.length - this.#cancelled;
  }

  /** Timers in memory, cancelled ones that were not yet taken out included. */
  get held(): number {
    return this.#timers.length;
  }

  /** The deadline of the first timer, or `undefined` when there is none. Call `dropCancelled` first. */
  get firstDeadlineMs(): Milliseconds | undefined {
    return this.#timers[0]?.deadlineMs;
  }

  /** The timers that wait, in their order; a copy, for those who look on. */
  waiting(): Timer[] {
    return this.#timers.filter((timer) => !timer.isCancelled).toSorted(inOrder);
  }

  /** Starts a timer. */
  add(deadlineMs: Milliseconds, callback: () => void): Timer {
    if (Number.isNaN(deadlineMs)) throw new UsageError('expected a time in milliseconds, got NaN');
    const timer = new Timer(deadlineMs, this.#sequence, callback, this);
    this.#sequence += 1;
    this.#timers.push(timer);
    this.#rise(this.#timers.length - 1, timer);
    return timer;
  }

  /** Takes cancelled timers out: those at the top, or all of them when they are more than half. */
  dropCancelled(): void {
    if (this.#cancelled === 0) return;
    if (this.#timers.length > FEW && this.#cancelled * 2 > this.#timers.length) this.#compact();
    while (this.#timers[0]?.isCancelled === true) {
      this.#takeFirst();
      this.#cancelled -= 1;
    }
  }

  /** Takes out the timers that are due and hands them over, in their order. */
  enqueueDue(loop: TimerSink): void {
    if (this.#timers.length === 0) return;
    const nowMs = loop.time();
    for (let first = this.#timers[0]; first !== undefined; first = this.#timers[0]) {
      if (first.deadlineMs > nowMs) return;
      this.#takeFirst();
      if (first.isCancelled) this.#cancelled -= 1;
      else loop.enqueue(first);
      first.owner = undefined;
    }
  }

  /** Notes that a timer in here was cancelled. */
  cancelled(): void {
    this.#cancelled += 1;
  }

  #compact(): void {
    this.#timers = this.#timers.filter((timer) => !timer.isCancelled).toSorted(inOrder);
    this.#cancelled = 0;
  }

  #takeFirst(): void {
    const last = this.#timers.pop();
    if (last !== undefined && this.#timers.length > 0) this.#sink(last);
  }

  #rise(from: number, timer: Timer): void {
    const timers = this.#timers;
    let index = from;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = timers[parentIndex];
      if (parent === undefined || inOrder(parent, timer) < 0) break;
      timers[index] = parent;
      index = parentIndex;
    }
    timers[index] = timer;
  }

  #sink(timer: Timer): void {
    const timers = this.#timers;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const leftChild = timers[left];
      if (leftChild === undefined) break;
      const rightChild = timers[left + 1];
      const isRight = rightChild !== undefined && inOrder(rightChild, leftChild) < 0;
      const child = isRight ? rightChild : leftChild;
      if (inOrder(timer, child) < 0) break;
      timers[index] = child;
      index = isRight ? left + 1 : left;
    }
    timers[index] = timer;
  }
}

function inOrder(a: Timer, b: Timer): number {
  return a.deadlineMs - b.deadlineMs || a.sequence - b.sequence;
}
