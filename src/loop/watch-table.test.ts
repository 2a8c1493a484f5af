import { describe, expect, it } from 'vitest';
import {
  close,
  duplicate,
  duplicateOnto,
  get,
  put,
  socketPair,
} from '../../test/support/descriptors.js';
import { REAL_SELECTORS, withLoop, withLoopOn } from '../../test/support/loop-leaks.js';
import { UsageError } from '../core/errors.js';
import type { Handle } from './handle.js';
import { EpollSelector, EventLoop, ManualSelector, READ, sleep, WRITE } from './index.js';

describe.each(REAL_SELECTORS)('watching descriptors on %s', (name) => {
  it('a callback that closes the descriptor of another in the same pass keeps that one from running', () =>
    withLoop(name, (loop) => {
      const log: string[] = [];
      const pairs = [socketPair(), socketPair()] as const;
      const handles: Handle[] = [];
      for (const [index, [fd, peer]] of pairs.entries()) {
        put(peer, 'x');
        handles[index] = loop.addReader(fd, () => {
          log.push(`reader ${index}`);
          const other = pairs[1 - index]?.[0] ?? -1;
          for (const handle of handles) handle.cancel();
          close(other);
          // The kernel gives the lowest free number to the next descriptor.
          expect(duplicate(fd)).toBe(other);
          get(fd);
          handles[0] = loop.addReader(other, () => log.push('ghost'));
        });
      }
      loop.runOnce(0);
      expect(log).toHaveLength(1);
      // Nothing was sent to the new one.
      loop.runOnce(0);
      expect(log).toHaveLength(1);
      for (const handle of handles) handle.cancel();
      close(...pairs.flat());
    }));

  it('a number that was closed without a word, and opened anew, can be watched once its handle is cancelled', () =>
    withLoop(name, (loop) => {
      const [a, b] = socketPair();
      const [c, d] = socketPair();
      const stale = loop.addReader(a, () => expect.unreachable());
      duplicateOnto(c, a);
      stale.cancel();
      let told = 0;
      const fresh = loop.addReader(a, () => (told += 1));
      put(d, 'x');
      loop.runOnce(0);
      expect(told).toBe(1);
      fresh.cancel();
      close(a, b, c, d);
    }));

  it('both handles of a descriptor that is closed already can be cancelled', () =>
    withLoop(name, (loop) => {
      const [a, b] = socketPair();
      const handles = [loop.addReader(a, () => {}), loop.addWriter(a, () => {})];
      close(a, b);
      for (const handle of handles) handle.cancel();
      expect(loop.watches.size).toBe(0);
    }));

  it('readers run before writers, and both run when the other side hangs up', () =>
    withLoop(name, (loop) => {
      const [a, b] = socketPair();
      const log: string[] = [];
      const handles = [
        loop.addWriter(a, () => log.push('writer')),
        loop.addReader(a, () => log.push('reader')),
      ];
      close(b);
      loop.runOnce();
      expect(log).toEqual(['reader', 'writer']);
      for (const handle of handles) handle.cancel();
      close(a);
    }));

  it('cancelling the reader leaves the writer, and the other way round', () =>
    withLoop(name, (loop) => {
      const [a, b] = socketPair();
      const log: string[] = [];
      put(b, 'x');
      const reader = loop.addReader(a, () => log.push('reader'));
      const writer = loop.addWriter(a, () => log.push('writer'));
      reader.cancel();
      reader.cancel();
      loop.runOnce();
      writer.cancel();
      const again = loop.addReader(a, () => log.push('reader again'));
      loop.runOnce();
      again.cancel();
      expect(log).toEqual(['writer', 'reader again']);
      expect(loop.watches.size).toBe(0);
      close(a, b);
    }));

  it('a second reader of a descriptor is refused, and the first stays', () =>
    withLoop(name, (loop) => {
      const [a, b] = socketPair();
      let told = 0;
      const handle = loop.addReader(a, () => (told += 1));
      expect(() => loop.addReader(a, () => {})).toThrow(
        new UsageError(`descriptor ${a} has a reader already; cancel that one first`),
      );
      put(b, 'x');
      loop.runOnce(0);
      expect(told).toBe(1);
      handle.cancel();
      close(a, b);
    }));

  it('what cannot be watched leaves nothing behind', () =>
    withLoop(name, (loop) => {
      const [a, b] = socketPair();
      close(a, b);
      expect(() => loop.addReader(a, () => {})).toThrow(/EBADF/);
      expect(loop.watches.size).toBe(0);
      expect(loop.runOnce(0)).toBe(0);
    }));
});

describe('a descriptor that was closed while it was watched and is still open elsewhere', () => {
  const sentence = /^descriptor \d+ was closed while it was watched and is still open elsewhere/;

  it.each(['run', 'host'] as const)('ends %s with a sentence instead of a spin', (host) =>
    withLoop('epoll', async (loop) => {
      const [a, b] = socketPair();
      const copy = duplicate(a);
      let isCleanedUp = false;
      const main = function* main() {
        const handle = loop.addReader(a, () => {});
        close(a);
        handle.cancel();
        try {
          put(b, 'x');
          yield* sleep(10_000);
        } finally {
          yield* sleep(1);
          yield* sleep(1);
          isCleanedUp = true;
        }
      };
      if (host === 'run') expect(() => loop.run(main)).toThrow(sentence);
      else await expect(loop.host(main)).rejects.toThrow(sentence);
      expect(isCleanedUp).toBe(true);
      close(b, copy);
      // What was queued before the copy was closed says it once more.
      while (loop.timeoutMs() === 0) {
        try {
          loop.runOnce(0);
        } catch (error) {
          expect(error).toHaveProperty('message', expect.stringMatching(sentence));
        }
      }
    }),
  );

  it('does not keep the others of the pass from running', () =>
    withLoop('epoll', (loop) => {
      const [a, b] = socketPair();
      const copy = duplicate(a);
      const handle = loop.addReader(a, () => {});
      close(a);
      handle.cancel();
      put(b, 'x');
      let ran = 0;
      loop.callSoon(() => (ran += 1));
      expect(() => loop.runOnce(0)).toThrow(sentence);
      close(copy, b);
      loop.runOnce(0);
      expect(ran).toBe(1);
    }));
});

describe('a closed loop', () => {
  it.each(REAL_SELECTORS)(
    'on %s lets its handles be cancelled and refuses everything else',
    (name) =>
      withLoop(name, async (loop) => {
        const [a, b] = socketPair();
        const handle = loop.addReader(a, () => {});
        loop.close();
        handle.cancel();
        expect(() => loop.addReader(a, () => {})).toThrow('the selector is closed');
        const idle = function* idle() {
          yield* sleep(1);
        };
        await expect(loop.host(idle)).rejects.toThrow('the selector is closed');
        close(a, b);
      }),
  );

  it('ends what runs in it, run and host alike', async () => {
    for (const host of ['run', 'host'] as const) {
      const loop = new EventLoop({ selector: new EpollSelector() });
      const main = function* main() {
        loop.close();
        yield* sleep(1);
      };
      if (host === 'run') expect(() => loop.run(main)).toThrow('the selector is closed');
      else await expect(loop.host(main)).rejects.toThrow('the selector is closed');
    }
  });
});

describe('watching on the manual selector', () => {
  it('finds what it was told is ready, readers before writers, descriptors in the order of their watching', () =>
    withLoopOn(
      () => new ManualSelector(),
      (loop, selector) => {
        const log: string[] = [];
        const handles = [3, 1].flatMap((fd) => [
          loop.addWriter(fd, () => log.push(`writer ${fd}`)),
          loop.addReader(fd, () => log.push(`reader ${fd}`)),
        ]);
        expect(selector.interest(3)).toBe(READ | WRITE);
        selector.setReadiness(1, READ | WRITE);
        selector.setReadiness(3, READ | WRITE);
        loop.runOnce();
        expect(log).toEqual(['reader 3', 'writer 3', 'reader 1', 'writer 1']);
        for (const handle of handles) handle.cancel();
        expect(selector.interest(3)).toBe(0);
      },
    ));
});
