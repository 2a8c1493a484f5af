import { open } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  close,
  duplicateOnto,
  fill,
  get,
  pipe,
  put,
  socketPair,
} from '../../../test/support/descriptors.js';
import { openDescriptors } from '../../../test/support/left-behind.js';
import {
  expectSameDescriptors,
  newSelector,
  REAL_SELECTORS,
} from '../../../test/support/loop-leaks.js';
import { monotonicNow } from '../../core/clock.js';
import { READ, WRITE, type Selector } from './selector.js';

/** What is ready, by descriptor. */
function ready(selector: Selector, timeoutMs = 0): Record<number, number> {
  const count = selector.select(timeoutMs);
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [selector.fd(index), selector.readiness(index)]),
  );
}

// Node opens what it hears of signals through when there is the first listener, and keeps it.
const ignore = (): void => {};
process.on('SIGUSR2', ignore);
afterAll(() => void process.off('SIGUSR2', ignore));

describe.each(REAL_SELECTORS)('the %s selector', (name) => {
  let selector: Selector;
  let before: string[];
  let a: number;
  let b: number;
  beforeEach(() => {
    before = openDescriptors();
    selector = newSelector(name);
    [a, b] = socketPair();
  });
  afterEach(() => {
    selector.close();
    close(a, b);
    expectSameDescriptors(before);
  });

  it('finds nothing ready when nothing is watched', () => {
    put(b, 'x');
    expect(ready(selector)).toEqual({});
  });

  it('tells that something can be read, and only when it can', () => {
    selector.watch(a, READ);
    expect(ready(selector)).toEqual({});
    put(b, 'x');
    expect(ready(selector)).toEqual({ [a]: READ });
    get(a);
    expect(ready(selector)).toEqual({});
  });

  it('tells that something can be written, and only when it can', () => {
    selector.watch(a, WRITE);
    expect(ready(selector)).toEqual({ [a]: WRITE });
    fill(a);
    expect(ready(selector)).toEqual({});
    while (ready(selector)[a] === undefined) get(b);
  });

  it('tells of reading and writing apart', () => {
    selector.watch(a, READ | WRITE);
    expect(ready(selector)).toEqual({ [a]: WRITE });
    put(b, 'x');
    expect(ready(selector)).toEqual({ [a]: READ | WRITE });
    fill(a);
    expect(ready(selector)).toEqual({ [a]: READ });
  });

  it('tells of what is ready again and again, until it is not', () => {
    selector.watch(a, READ);
    put(b, 'x');
    const told = [1, 2, 3].map(() => ready(selector));
    expect(told).toEqual([1, 2, 3].map(() => ({ [a]: READ })));
  });

  it('changes what a descriptor is watched for', () => {
    put(b, 'x');
    selector.watch(a, READ);
    expect(ready(selector)).toEqual({ [a]: READ });
    selector.watch(a, WRITE);
    expect(ready(selector)).toEqual({ [a]: WRITE });
    selector.watch(a, READ | WRITE);
    expect(ready(selector)).toEqual({ [a]: READ | WRITE });
  });

  it('forgets a descriptor, and others stay', () => {
    const [c, d] = socketPair();
    for (const fd of [a, b, c, d]) selector.watch(fd, WRITE);
    selector.watch(a, 0);
    selector.watch(c, 0);
    selector.watch(c, 0);
    expect(ready(selector)).toEqual({ [b]: WRITE, [d]: WRITE });
    selector.watch(d, 0);
    close(c, d);
    expect(ready(selector)).toEqual({ [b]: WRITE });
  });

  it.each([
    ['a reader', READ],
    ['a writer', WRITE],
  ])('wakes %s when the other side hangs up', (_who, interest) => {
    const [c, d] = socketPair();
    if (interest === WRITE) fill(c);
    selector.watch(c, interest);
    expect(ready(selector)).toEqual({});
    close(d);
    expect((ready(selector)[c] ?? 0) & interest).toBe(interest);
    selector.watch(c, 0);
    close(c);
  });

  it('wakes the writer of a pipe that nobody reads any more', () => {
    const [output, input] = pipe();
    fill(input);
    selector.watch(input, WRITE);
    expect(ready(selector)).toEqual({});
    close(output);
    expect((ready(selector)[input] ?? 0) & WRITE).toBe(WRITE);
    selector.watch(input, 0);
    close(input);
  });

  it('wakes the reader of a pipe that nobody writes to any more', () => {
    const [output, input] = pipe();
    selector.watch(output, READ);
    expect(ready(selector)).toEqual({});
    close(input);
    expect((ready(selector)[output] ?? 0) & READ).toBe(READ);
    selector.watch(output, 0);
    close(output);
  });

  it.each([0.3, 1.7, 5, 20.2])('waits for %d ms, not less', (timeoutMs) => {
    selector.watch(a, READ);
    const startMs = monotonicNow();
    expect(selector.select(timeoutMs)).toBe(0);
    expect(monotonicNow() - startMs).toBeGreaterThanOrEqual(timeoutMs);
  });

  it('waits as long as it is told each time, shorter after longer and longer after shorter', () => {
    for (const timeoutMs of [8, 2, 2, 6, 0, 3]) {
      const startMs = monotonicNow();
      expect(selector.select(timeoutMs)).toBe(0);
      expect(monotonicNow() - startMs).toBeGreaterThanOrEqual(timeoutMs);
    }
  });

  it('does not wait for what is ready already', () => {
    selector.watch(a, WRITE);
    expect(ready(selector, Infinity)).toEqual({ [a]: WRITE });
    expect(ready(selector, 1e7)).toEqual({ [a]: WRITE });
  });

  it.each([1e12, 1e25, Number.MAX_VALUE])('can be told to wait for %d ms', (timeoutMs) => {
    selector.watch(a, WRITE);
    expect(ready(selector, timeoutMs)).toEqual({ [a]: WRITE });
    expect(ready(selector)).toEqual({ [a]: WRITE });
  });

  it('returns with nothing when a signal comes', async () => {
    // Again and again, since nobody knows when the wait has begun.
    const source = `
      const { workerData } = require('node:worker_threads');
      while (Atomics.wait(workerData, 0, 0, 2) === 'timed-out') process.kill(process.pid, 'SIGUSR2');`;
    const isOver = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(source, { eval: true, workerData: isOver });
    try {
      selector.watch(a, READ);
      expect(selector.select(20_000)).toBe(0);
      expect(ready(selector)).toEqual({});
    } finally {
      Atomics.store(isOver, 0, 1);
      Atomics.notify(isOver, 0);
      await new Promise((resolve) => worker.once('exit', resolve));
    }
  });

  it('refuses to watch a plain file, which is always ready', async () => {
    const file = await open(import.meta.filename);
    try {
      expect(() => selector.watch(file.fd, READ)).toThrow(/of a plain file, which is always ready/);
      expect(ready(selector)).toEqual({});
    } finally {
      await file.close();
    }
  });

  it('refuses to watch a descriptor that is closed', () => {
    const [c, d] = socketPair();
    close(c, d);
    expect(() => selector.watch(c, READ)).toThrow(/EBADF/);
    expect(ready(selector)).toEqual({});
  });

  it('watches more descriptors than fit into one answer of the kernel', () => {
    const pairs = Array.from({ length: 600 }, socketPair);
    const fds = pairs.flat();
    for (const fd of fds) selector.watch(fd, WRITE);
    const told = new Set(Object.keys(ready(selector)).map(Number));
    expect(told.size).toBeGreaterThanOrEqual(1000);
    expect([...told].every((fd) => fds.includes(fd))).toBe(true);
    for (const fd of fds) selector.watch(fd, 0);
    expect(ready(selector)).toEqual({});
    close(...fds);
  });

  it('watches a descriptor anew whose number was closed and opened without a word', () => {
    const [c, d] = socketPair();
    selector.watch(c, READ);
    duplicateOnto(a, c);
    // The new one is not known to epoll; asking for something else finds that out.
    selector.watch(c, READ | WRITE);
    expect(ready(selector)).toEqual({ [c]: WRITE });
    selector.watch(c, 0);
    close(c, d);
  });

  it('forgets a descriptor that is closed already', () => {
    const [c, d] = socketPair();
    selector.watch(c, READ | WRITE);
    close(c, d);
    selector.watch(c, WRITE);
    selector.watch(c, 0);
    expect(ready(selector)).toEqual({});
  });

  it('refuses everything once it is closed, and leaves alone whoever has its numbers now', () => {
    const all = openDescriptors();
    selector.close();
    const returned = all.filter((entry) => !openDescriptors().includes(entry));
    const taken = returned.map(() => pipe());
    for (const action of [
      () => selector.watch(a, READ),
      () => void selector.select(0),
      () => void selector.attach(() => {}),
    ]) {
      expect(action).toThrow('the selector is closed');
    }
    selector.watch(a, 0);
    selector.close();
    for (const pair of taken) {
      put(pair[1], 'still open');
      expect(get(pair[0])).toBe('still open');
      close(...pair);
    }
  });
});
