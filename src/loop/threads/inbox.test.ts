import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inEverySetting } from '../../../test/support/stream-leaks.js';
import { passes } from '../../../test/support/stream-pairs.js';
import {
  Event,
  EventLoop,
  InboxClosedError,
  openInbox,
  sendTo,
  type Coroutine,
  type Inbox,
} from '../index.js';
import { libc } from '../system/libc.js';
import { AGAIN } from '../system/sockets.js';

const workers: Worker[] = [];

beforeAll(async () => {
  const script = new URL('../../../test/support/inbox-sender.mjs', import.meta.url);
  workers.push(new Worker(script), new Worker(script));
  await Promise.all(
    workers.map((worker) => new Promise((resolve) => worker.once('online', resolve))),
  );
});

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.terminate()));
});

/** Lets a thread send numbers from 0 on. Returns what it shares with us. */
function letSend(
  thread: number,
  { sender }: Inbox<number>,
  count: number,
  isStepwise = false,
): Int32Array {
  const words = new Int32Array(new SharedArrayBuffer(8));
  workers[thread]?.postMessage({ sender, count, isStepwise, words }, [sender.port]);
  return words;
}

inEverySetting('an inbox', (expectClean) => {
  it.each([
    { loop: 'asleep', passesBefore: 0 },
    { loop: 'busy', passesBefore: 100_000 },
  ])('brings all messages of two threads, in the order of each (loop $loop)', ({ passesBefore }) =>
    expectClean(function* test() {
      const count = 50_000;
      const done = new Event();
      const next = [0, 0];
      let isInOrder = true;
      const inboxes = next.map((_, thread) =>
        openInbox<number>((number) => {
          isInOrder &&= number === next[thread];
          next[thread] = number + 1;
          if (next[0] === count && next[1] === count) done.set();
        }),
      );
      for (const [thread, inbox] of inboxes.entries()) letSend(thread, inbox, count);
      for (let pass = 0; pass < passesBefore && !done.isSet; pass += 1) yield* passes(1);
      yield* done.wait();
      expect([isInOrder, ...next]).toEqual([true, count, count]);
      for (const inbox of inboxes) inbox.close();
    }),
  );

  it('wakes a loop that sleeps, for each message', () =>
    expectClean(function* test() {
      const count = 500;
      let came = 0;
      const done = new Event();
      let words: Int32Array = new Int32Array(2);
      const inbox = openInbox<number>((number) => {
        came += 1;
        Atomics.store(words, 0, number + 1);
        Atomics.notify(words, 0);
        if (came === count) done.set();
      });
      words = letSend(0, inbox, count, true);
      yield* done.wait();
      inbox.close();
      expect(came).toBe(count);
    }));

  it('refuses messages once it is closed, and its descriptor is never written to again', () =>
    expectClean(function* test() {
      for (let round = 0; round < 100; round += 1) {
        const inbox = openInbox<number>(() => {});
        const words = letSend(round % 2, inbox, Infinity);
        yield* passes(round % 7);
        inbox.close();
        // The number is free, and this takes it.
        const fd = libc().eventfd(0, 0o4000);
        expect(fd).toBe(inbox.sender.wakeFd);
        Atomics.wait(words, 1, 0);
        expect([words[1], libc().read(fd, new BigUint64Array(1), 8)]).toEqual([2, AGAIN]);
        libc().close(fd);
      }
    }));

  it('keeps its descriptor when a sender holds it and never lets go', () =>
    expectClean(function* test() {
      yield* passes(1);
      const inbox = openInbox<number>(() => {});
      const { state, wakeFd } = inbox.sender;
      const isBeingWoken = 1;
      new Int32Array(state)[0] = isBeingWoken;
      inbox.close();
      expect(libc().close(wakeFd)).toBe(0);
      expect(() => sendTo(inbox.sender, 1)).toThrow(InboxClosedError);
    }));

  it('can be closed by its handler, and again', () =>
    expectClean(function* test() {
      const done = new Event();
      let came = 0;
      const inbox = openInbox<number>(() => {
        came += 1;
        inbox.close();
        done.set();
      });
      letSend(0, inbox, 1000);
      yield* done.wait();
      inbox.close();
      yield* passes(3);
      expect(came).toBe(1);
    }));
});

it('loses no message when its handler throws, and the loop runs again', () => {
  const loop = new EventLoop();
  const numbers: number[] = [];
  let inbox: Inbox<number> | undefined;
  const open = function* open(): Coroutine<void> {
    inbox = openInbox<number>((number) => {
      numbers.push(number);
      if (number === 0) throw new RangeError('at fault');
    });
    for (let number = 0; number < 10; number += 1) sendTo(inbox.sender, number);
    yield* passes(0);
  };
  loop.run(open);
  expect(() => loop.run(() => passes(5))).toThrow('at fault');
  loop.run(() => passes(5));
  expect(numbers).toEqual(Array.from({ length: 10 }, (_, number) => number));
  inbox?.close();
  loop.close();
});
