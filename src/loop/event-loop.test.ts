import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CountingSelector } from '../../test/support/counting-selector.js';
import { close, get, put, socketPair } from '../../test/support/descriptors.js';
import {
  passUntil,
  REAL_SELECTORS,
  SELECTORS,
  withLoop,
  withLoopOn,
} from '../../test/support/loop-leaks.js';
import type { Handle } from './index.js';

describe('event-loop.ts', () => {
  const source = readFileSync(join(import.meta.dirname, 'event-loop.ts'), 'utf8');

  it('is at most 100 lines of code', () => {
    const lines = source.split('\n').filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line));
    expect(lines.length).toBeLessThanOrEqual(100);
  });

  it('has the phases of a pass in their order', () => {
    const pass = source.slice(source.indexOf('runOnce('), source.indexOf('timeoutMs(): '));
    const phases = [
      'timers.dropCancelled(',
      'this.timeoutMs(',
      'selector.select(',
      'watches.enqueueReady(',
      'timers.enqueueDue(',
      'this.#batch, this.#ready, this.#position] =',
      'this.#runBatch(',
    ];
    const places = phases.map((phase) => pass.indexOf(phase));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});

describe.each(SELECTORS)('a pass on %s', (name) => {
  it('does not run what its callbacks add: that waits for the next, after the selector was asked again', () =>
    withLoopOn(
      () => new CountingSelector(name),
      (loop, selector) => {
        const log: [text: string, selects: number][] = [];
        const note = (text: string): void => void log.push([text, selector.selects]);
        loop.callSoon(() => {
          note('first');
          loop.callSoon(() => note('added'));
        });
        loop.callSoon(() => note('second'));
        expect(loop.runOnce()).toBe(2);
        expect(loop.runOnce()).toBe(1);
        expect(log).toEqual([
          ['first', 1],
          ['second', 1],
          ['added', 2],
        ]);
      },
    ));

  it('a callback that adds itself for ever does not keep a timer from firing', () =>
    withLoop(name, (loop) => {
      let isOver = false;
      let again: Handle | undefined;
      const forever = (): void => {
        again = loop.callSoon(forever);
        // What time there is on the manual clock is the callbacks'.
        if ('advance' in loop.selector) (loop.selector as { advance(ms: number): void }).advance(1);
      };
      forever();
      loop.callLater(5, () => (isOver = true));
      passUntil(loop, () => isOver);
      again?.cancel();
      expect(loop.runOnce(0)).toBe(1);
    }));

  it('a callback that throws does not take the others of the pass with it, nor lets them run twice', () =>
    withLoop(name, (loop) => {
      const log: string[] = [];
      for (const text of ['a', 'b', 'c', 'd', 'e']) {
        loop.callSoon(() => {
          log.push(text);
          if (text === 'b' || text === 'e') throw new Error(`${text} fails`);
        });
      }
      expect(() => loop.runOnce()).toThrow('b fails');
      loop.callSoon(() => log.push('later'));
      expect(() => loop.runOnce()).toThrow('e fails');
      loop.runOnce();
      expect(log).toEqual(['a', 'b', 'c', 'd', 'e', 'later']);
    }));

  it('a callback that is cancelled by an earlier one of the same pass does not run', () =>
    withLoop(name, (loop) => {
      const log: string[] = [];
      loop.callSoon(() => {
        log.push('first');
        second.cancel();
      });
      const second = loop.callSoon(() => log.push('second'));
      loop.callSoon(() => log.push('third'));
      loop.runOnce();
      expect(log).toEqual(['first', 'third']);
    }));

  it('does not wait when it is told not to', () =>
    withLoopOn(
      () => new CountingSelector(name),
      (loop, selector) => {
        const timer = loop.callLater(1e6, () => {});
        expect(loop.runOnce(0)).toBe(0);
        expect(selector.selects).toBe(1);
        timer.cancel();
      },
    ));

  it('ends after the callback that stops the loop; the others run in the next', () =>
    withLoop(name, (loop) => {
      const log: string[] = [];
      loop.callSoon(() => {
        log.push('stops');
        loop.stop();
      });
      loop.callSoon(() => log.push('after'));
      loop.runOnce();
      expect([log, loop.timeoutMs()]).toEqual([['stops'], 0]);
      loop.isStopped = false;
      loop.runOnce();
      expect(log).toEqual(['stops', 'after']);
    }));
});

describe.each(REAL_SELECTORS)('descriptors in passes on %s', (name) => {
  it('are before timers that are due, and after callbacks that were there before', () =>
    withLoop(name, (loop) => {
      const [a, b] = socketPair();
      const log: string[] = [];
      put(b, 'x');
      loop.callLater(0, () => log.push('timer'));
      const handles = [
        loop.addWriter(a, () => log.push('writer')),
        loop.addReader(a, () => log.push('reader')),
      ];
      loop.callSoon(() => log.push('callback'));
      loop.runOnce();
      expect(log).toEqual(['callback', 'reader', 'writer', 'timer']);
      for (const handle of handles) handle.cancel();
      close(a, b);
    }));

  it('an echo makes 100 round trips beside a callback that adds itself for ever', () =>
    withLoopOn(
      () => new CountingSelector(name),
      (loop, selector) => {
        const [a, b] = socketPair();
        let again: Handle | undefined;
        let passes = 0;
        const forever = (): void => {
          passes += 1;
          again = loop.callSoon(forever);
        };
        forever();
        let trips = 0;
        const handles = [
          loop.addReader(b, () => put(b, get(b))),
          loop.addReader(a, () => {
            expect(get(a)).toBe(`message ${trips}`);
            trips += 1;
            put(a, `message ${trips}`);
          }),
        ];
        put(a, 'message 0');
        passUntil(loop, () => trips === 100);
        // Asked in every pass, and two passes a trip.
        expect(selector.selects - passes).toBeLessThanOrEqual(1);
        expect(passes).toBeLessThanOrEqual(210);
        again?.cancel();
        for (const handle of handles) handle.cancel();
        loop.runOnce(0);
        close(a, b);
      },
    ));

  it('1,000 idle ones cost at most 5 selects in a second', () =>
    withLoopOn(
      () => new CountingSelector(name),
      (loop, selector) => {
        const pairs = Array.from({ length: 500 }, socketPair);
        const handles = pairs.flat().map((fd) => loop.addReader(fd, () => expect.unreachable()));
        let isOver = false;
        loop.callLater(1000, () => (isOver = true));
        passUntil(loop, () => isOver);
        expect(selector.selects).toBeLessThanOrEqual(5);
        for (const handle of handles) handle.cancel();
        close(...pairs.flat());
      },
    ));
});
