import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CountingSelector } from '../../../test/support/counting-selector.js';
import { close, get, put, socketPair } from '../../../test/support/descriptors.js';
import {
  REAL_SELECTORS,
  SELECTORS,
  withLoop,
  withLoopOn,
} from '../../../test/support/loop-leaks.js';
import { EventLoop, Future, sleep, startTask, StoppedError } from '../index.js';

/** Waits for each of what Node's own loop looks after. */
async function nodesOwn(): Promise<string[]> {
  const log: string[] = [];
  await new Promise<void>((resolve) => setTimeout(resolve, 20));
  log.push('setTimeout');
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  log.push('setImmediate');
  const text = await readFile(import.meta.filename, 'utf8');
  log.push(text.includes('nodesOwn') ? 'readFile' : 'another file');
  return log;
}

/** Adds itself in every pass, until it is undone. */
function keepBusy(loop: EventLoop): () => number {
  let isOver = false;
  let passes = 0;
  const again = (): void => {
    passes += 1;
    if (!isOver) loop.callSoon(again);
  };
  again();
  return () => {
    isOver = true;
    return passes;
  };
}

describe.each(SELECTORS)('host on %s', (name) => {
  it('lets Node’s own timers, immediates and files go on while the loop is idle', () =>
    withLoop(name, async (loop) => {
      expect(await loop.host(nodesOwn)).toEqual(['setTimeout', 'setImmediate', 'readFile']);
    }));

  it('lets them go on while the loop is busy, which goes on as well', () =>
    withLoop(name, async (loop) => {
      const seen = await loop.host(async () => {
        const stopBusy = keepBusy(loop);
        const log = await nodesOwn();
        const passes = stopBusy();
        await sleep(0);
        return [...log, passes > 20];
      });
      expect(seen).toEqual(['setTimeout', 'setImmediate', 'readFile', true]);
    }));

  it('wakes from its sleep when Node’s own code settles a future', () =>
    withLoop(name, async (loop) => {
      const result = await loop.host(function* main() {
        const future = new Future<string>(loop);
        setTimeout(() => future.resolve('from Node'), 10);
        return yield* future;
      });
      expect(result).toBe('from Node');
    }));

  it('wakes for a timer, a callback and a task that Node’s own code starts while it sleeps', () =>
    withLoop(name, async (loop) => {
      const seen = await loop.host(async () => {
        const log: string[] = [];
        const inNode = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
        await inNode();
        await new Promise<void>((resolve) => loop.callLater(2, resolve));
        log.push('timer');
        await inNode();
        await new Promise<void>((resolve) => loop.callSoon(resolve));
        log.push('callback');
        await inNode();
        log.push(
          await startTask(function* task() {
            yield* sleep(1);
            return 'task';
          }),
        );
        await inNode();
        // Earlier than what it sleeps for.
        const late = loop.callLater(100_000, () => {});
        await inNode();
        await new Promise<void>((resolve) => loop.callLater(1, resolve));
        late.cancel();
        return [...log, 'earlier timer'];
      });
      expect(seen).toEqual(['timer', 'callback', 'task', 'earlier timer']);
    }));

  it('rejects with what a callback throws, after the tasks have ended', () =>
    withLoop(name, async (loop) => {
      const log: string[] = [];
      const running = loop.host(function* main() {
        loop.callLater(1, () => {
          throw new Error('in a callback');
        });
        try {
          yield* sleep(10_000);
        } finally {
          yield* sleep(1);
          log.push('finally');
        }
      });
      await expect(running).rejects.toThrow('in a callback');
      expect(log).toEqual(['finally']);
    }));

  it('rejects with what its function throws, at once or later', () =>
    withLoop(name, async (loop) => {
      const atOnce = (): Promise<never> => {
        throw new Error('at once');
      };
      await expect(loop.host(atOnce)).rejects.toThrow('at once');
      const later = async (): Promise<never> => {
        await sleep(1);
        throw new Error('later');
      };
      await expect(loop.host(later)).rejects.toThrow('later');
    }));

  it('is ended by stop', () =>
    withLoop(name, async (loop) => {
      const running = loop.host(function* main() {
        loop.callLater(1, () => loop.stop());
        yield* sleep(10_000);
      });
      await expect(running).rejects.toThrow(StoppedError);
      expect(await loop.host(async () => 'again')).toBe('again');
    }));

  it('lets native code go on right after the callback that it waited for', () =>
    withLoop(name, async (loop) => {
      const log: string[] = [];
      await loop.host(async () => {
        const future = new Future<void>(loop);
        const native = (async () => {
          await future;
          log.push('native');
        })();
        await sleep(0);
        loop.callSoon(() => future.resolve());
        loop.callSoon(() => loop.callSoon(() => loop.callSoon(() => log.push('later callback'))));
        await native;
        await sleep(1);
      });
      expect(log).toEqual(['native', 'later callback']);
    }));
});

describe.each(REAL_SELECTORS)('host on %s', (name) => {
  it('makes a few passes in 200 idle milliseconds, watching descriptors or not', () =>
    withLoopOn(
      () => new CountingSelector(name),
      async (loop, selector) => {
        const [a, b] = socketPair();
        await loop.host(async () => {
          const handle = loop.addReader(a, () => expect.unreachable());
          await sleep(1);
          const before = selector.selects;
          await sleep(200);
          expect(selector.selects - before).toBeLessThanOrEqual(6);
          handle.cancel();
        });
        close(a, b);
      },
    ));

  it('echoes 100 messages while Node’s own loop goes on', () =>
    withLoop(name, async (loop) => {
      const [a, b] = socketPair();
      let immediates = 0;
      const messages: string[] = [];
      await loop.host(async () => {
        let isOver = false;
        const count = (): void => {
          immediates += 1;
          if (!isOver) setImmediate(count);
        };
        count();
        const done = new Future<void>(loop);
        const handles = [
          loop.addReader(b, () => put(b, get(b))),
          loop.addReader(a, () => {
            messages.push(get(a));
            if (messages.length === 100) done.resolve();
            else put(a, `message ${messages.length}`);
          }),
        ];
        put(a, 'message 0');
        await done;
        isOver = true;
        for (const handle of handles) handle.cancel();
      });
      expect(messages).toEqual(Array.from({ length: 100 }, (_, index) => `message ${index}`));
      expect(immediates).toBeGreaterThan(1);
      close(a, b);
    }));

  it('wakes for a descriptor that Node’s own code watches while it sleeps', () =>
    withLoop(name, async (loop) => {
      const [a, b] = socketPair();
      await loop.host(async () => {
        await new Promise<void>((resolve) => setTimeout(resolve, 10));
        put(b, 'x');
        await new Promise<void>((resolve) => {
          const handle = loop.addReader(a, () => {
            handle.cancel();
            resolve();
          });
        });
      });
      expect(get(a)).toBe('x');
      close(a, b);
    }));

  it('can be closed in its midst, which ends it', async () => {
    const selector = new CountingSelector(name);
    const loop = new EventLoop({ selector });
    const running = loop.host(function* main() {
      yield* sleep(1);
      loop.close();
      yield* sleep(1);
    });
    await expect(running).rejects.toThrow('the selector is closed');
  });
});
