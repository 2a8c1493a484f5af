// What the tests run in threads.
import { threadId } from 'node:worker_threads';

export function add(a, b) {
  return a + b;
}

export async function whichThread() {
  return threadId;
}

export function fail() {
  throw Object.assign(new TypeError('no such thing'), { code: 'E_THING', extra: () => {} });
}

export function failAnyhow() {
  // oxlint-disable-next-line no-throw-literal -- what people do
  throw 'just words';
}

export function failUncloneably() {
  throw Object.assign(new Error('with a function'), { cause: () => {} });
}

export function uncloneable() {
  return () => {};
}

export function exit() {
  process.exit(3);
}

/** Answers, and ends the thread a little later. */
export function exitLater(ended) {
  const words = new Int32Array(ended);
  process.on('exit', () => {
    Atomics.store(words, 0, 1);
    Atomics.notify(words, 0);
  });
  setTimeout(() => process.exit(0), 5);
  return 'answered';
}

export function breakLater() {
  setImmediate(() => {
    throw new RangeError('broke later');
  });
  return new Promise(() => {});
}

/** Computes for ever, having said so. */
export function computeForEver(started) {
  const words = new Int32Array(started);
  Atomics.add(words, 0, 1);
  for (;;) Atomics.add(words, 1, 1);
}

/** Waits until so many are here at the same time. */
export function meet(shared, count) {
  const words = new Int32Array(shared);
  Atomics.add(words, 0, 1);
  Atomics.notify(words, 0);
  for (let here = Atomics.load(words, 0); here < count; here = Atomics.load(words, 0)) {
    Atomics.wait(words, 0, here);
  }
  return threadId;
}
