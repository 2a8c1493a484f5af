import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CountingSelector } from '../../test/support/counting-selector.js';
import {
  passUntil,
  REAL_SELECTORS,
  SELECTORS,
  withLoop,
  withLoopOn,
} from '../../test/support/loop-leaks.js';
import { UsageError } from '../core/errors.js';
import type { EventLoop, Timer } from './index.js';

/** Makes passes until no timer is left. */
function untilNoTimer(loop: EventLoop): void {
  while (loop.timers.size > 0) loop.runOnce();
}

describe('timers on the manual clock', () => {
  it('1,000 of them fire in the order of (deadline, start), each at its time', async () => {
    const delays = (most: number): fc.Arbitrary<number[]> =>
      fc.array(fc.nat(most), { minLength: 1000, maxLength: 1000 });
    const fine = delays(5_000_000).map((all) => all.map((delay) => delay / 1e6));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fine, delays(20)), (delaysMs) =>
        withLoop('manual', (loop) => {
          const fired: number[] = [];
          const late: number[] = [];
          const timers = delaysMs.map((delayMs, index) =>
            loop.callLater(delayMs, () => {
              fired.push(index);
              late.push(loop.time() - (timers[index]?.deadlineMs ?? NaN));
            }),
          );
          untilNoTimer(loop);
          const inOrder = delaysMs.map((delayMs, index) => ({ delayMs, index }));
          inOrder.sort((a, b) => a.delayMs - b.delayMs || a.index - b.index);
          expect(fired).toEqual(inOrder.map(({ index }) => index));
          // What the sum of two times is rounded by.
          expect(late.filter((ms) => ms < 0 || ms > 1e-6)).toEqual([]);
        }),
      ),
      { numRuns: 10 },
    );
  });

  it('a timer for a year fires after a year, in no time', () =>
    withLoop('manual', (loop) => {
      let firedAtMs = 0;
      const yearMs = 365 * 24 * 3600 * 1000;
      loop.callLater(yearMs, () => (firedAtMs = loop.time()));
      untilNoTimer(loop);
      expect(firedAtMs).toBe(yearMs);
    }));
});

describe.each(REAL_SELECTORS)('timers on the real clock, on %s', (name) => {
  it('200 of them are never early, and fire in their order', () =>
    withLoop(name, (loop) => {
      const fired: number[] = [];
      const early: number[] = [];
      const delaysMs = Array.from({ length: 200 }, (_, index) => ((index * 7919) % 200) * 0.15);
      const timers: Timer[] = delaysMs.map((delayMs) => {
        const timer: Timer = loop.callLater(delayMs, () => {
          fired.push(timers.indexOf(timer));
          if (loop.time() < timer.deadlineMs) early.push(timer.deadlineMs - loop.time());
        });
        return timer;
      });
      untilNoTimer(loop);
      expect(early).toEqual([]);
      const inOrder = timers.toSorted((a, b) => a.deadlineMs - b.deadlineMs);
      expect(fired).toEqual(inOrder.map((timer) => timers.indexOf(timer)));
    }));

  it('a lone timer fires once, and at most 3 selects are made for it', () =>
    withLoopOn(
      () => new CountingSelector(name),
      (loop, selector) => {
        let fired = 0;
        const startMs = loop.time();
        loop.callLater(30, () => (fired += 1));
        untilNoTimer(loop);
        const tookMs = loop.time() - startMs;
        expect(fired).toBe(1);
        expect(tookMs).toBeGreaterThanOrEqual(30);
        expect(selector.selects).toBeLessThanOrEqual(3);
      },
    ));

  it.each([1e10, 1e20, 1e25, Number.MAX_VALUE, Infinity])(
    'a timer for %d ms does not fire, nor wake the loop',
    (delayMs) =>
      withLoopOn(
        () => new CountingSelector(name),
        (loop, selector) => {
          const timer = loop.callLater(delayMs, () => expect.unreachable());
          let isOver = false;
          loop.callLater(5, () => (isOver = true));
          passUntil(loop, () => isOver);
          expect(selector.selects).toBeLessThanOrEqual(4);
          timer.cancel();
        },
      ),
  );
});

describe.each(SELECTORS)('timers on %s', (name) => {
  it('cancelled ones never fire, cancelled twice or too late included', () =>
    withLoop(name, (loop) => {
      const fired: string[] = [];
      const cancelled = loop.callLater(1, () => fired.push('cancelled'));
      const kept = loop.callLater(2, () => fired.push('kept'));
      cancelled.cancel();
      cancelled.cancel();
      expect(loop.timers.size).toBe(1);
      untilNoTimer(loop);
      kept.cancel();
      kept.cancel();
      expect([fired, loop.timers.size]).toEqual([['kept'], 0]);
    }));

  it('one that an earlier one cancels in the same pass does not fire', () =>
    withLoop(name, (loop) => {
      const fired: string[] = [];
      const atMs = loop.time() + 1;
      loop.callAt(atMs, () => {
        fired.push('first');
        second.cancel();
      });
      const second = loop.callAt(atMs, () => fired.push('second'));
      loop.callAt(atMs, () => fired.push('third'));
      untilNoTimer(loop);
      expect(fired).toEqual(['first', 'third']);
    }));

  it('without or with a negative delay they fire in the next pass, earlier deadlines first', () =>
    withLoop(name, (loop) => {
      const fired: number[] = [];
      for (const delayMs of [0, -5, -0, -10, -Infinity]) {
        loop.callLater(delayMs, () => fired.push(delayMs));
      }
      loop.runOnce(0);
      expect(fired).toEqual([-Infinity, -10, -5, 0, -0]);
    }));

  it('one that a timer starts without a delay waits for the next pass', () =>
    withLoop(name, (loop) => {
      let fired = 0;
      const again = (): void => {
        fired += 1;
        if (fired < 5) loop.callLater(0, again);
      };
      loop.callLater(0, again);
      const passes = [1, 2, 3, 4, 5].map(() => {
        loop.runOnce(0);
        return fired;
      });
      expect(passes).toEqual([1, 2, 3, 4, 5]);
    }));

  it('a delay that is no number is refused', () =>
    withLoop(name, (loop) => {
      expect(() => loop.callLater(NaN, () => {})).toThrow(UsageError);
    }));
});
