import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../core/errors.js';
import type { Timer } from './handle.js';
import { TimerHeap } from './timer-heap.js';

type Step =
  | { readonly kind: 'add'; readonly deadlineMs: number }
  | { readonly kind: 'cancel'; readonly which: number }
  | { readonly kind: 'take'; readonly advanceMs: number };

const step = fc.oneof<fc.MaybeWeightedArbitrary<Step>[]>(
  // Few different deadlines, so that many are equal.
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('add'), deadlineMs: fc.nat(50) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel'), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('take'), advanceMs: fc.nat(8) }) },
);

function take(heap: TimerHeap, nowMs: number): Timer[] {
  const due: Timer[] = [];
  heap.dropCancelled();
  heap.enqueueDue({ time: () => nowMs, enqueue: (timer) => due.push(timer) });
  return due;
}

describe('the timer heap', () => {
  it('hands over what a sorted list would, whatever is added, cancelled and taken', () => {
    const sequences = fc.array(step, { maxLength: 400, size: 'max' });
    fc.assert(
      fc.property(sequences, (steps) => {
        const heap = new TimerHeap();
        let model: Timer[] = [];
        const all: Timer[] = [];
        let nowMs = 0;
        for (const next of steps) {
          if (next.kind === 'add') {
            const timer = heap.add(next.deadlineMs, () => {});
            all.push(timer);
            model.push(timer);
          } else if (next.kind === 'cancel') {
            // Any of them, those that are over included.
            const timer = all[next.which % Math.max(1, all.length)];
            timer?.cancel();
            model = model.filter((other) => other !== timer);
          } else {
            nowMs += next.advanceMs;
            const due = model.filter((timer) => timer.deadlineMs <= nowMs);
            due.sort((a, b) => a.deadlineMs - b.deadlineMs || a.sequence - b.sequence);
            expect(take(heap, nowMs)).toEqual(due);
            model = model.filter((timer) => timer.deadlineMs > nowMs);
          }
          expect(heap.size).toBe(model.length);
          heap.dropCancelled();
          const first = model.map((timer) => timer.deadlineMs);
          expect(heap.firstDeadlineMs ?? Infinity).toBe(Math.min(Infinity, ...first));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps cancelled timers until they are more than half, then takes all of them out', () => {
    const heap = new TimerHeap();
    heap.add(0, () => {});
    const timers = Array.from({ length: 999 }, (_, index) => heap.add(1 + index, () => {}));
    for (const timer of timers.slice(0, 500)) timer.cancel();
    heap.dropCancelled();
    expect([heap.size, heap.held]).toEqual([500, 1000]);
    timers[500]?.cancel();
    heap.dropCancelled();
    expect([heap.size, heap.held]).toEqual([499, 499]);
    const taken = take(heap, 1e9).map((timer) => timer.deadlineMs);
    expect(taken).toEqual([0, ...timers.slice(501).map((timer) => timer.deadlineMs)]);
    expect([heap.size, heap.held]).toEqual([0, 0]);
  });

  it('takes cancelled timers from the top at once, however few there are', () => {
    const heap = new TimerHeap();
    const timers = [1, 2, 3].map((deadlineMs) => heap.add(deadlineMs, () => {}));
    timers[0]?.cancel();
    timers[1]?.cancel();
    timers[1]?.cancel();
    heap.dropCancelled();
    expect([heap.size, heap.held, heap.firstDeadlineMs]).toEqual([1, 1, 3]);
  });

  it('has timers without an end in their order, and never calls them due', () => {
    const heap = new TimerHeap();
    const timers = [Infinity, Infinity, 5, -Infinity].map((at) => heap.add(at, () => {}));
    expect(take(heap, 1e300)).toEqual([timers[3], timers[2]]);
    expect([heap.size, heap.firstDeadlineMs]).toEqual([2, Infinity]);
  });

  it('refuses a time that is no number', () => {
    const heap = new TimerHeap();
    expect(() => heap.add(NaN, () => {})).toThrow(
      new UsageError('expected a time in milliseconds, got NaN'),
    );
    expect(heap.held).toBe(0);
  });
});
