import { Worker } from 'node:worker_threads';

const PROGRAM = `
  const { cell, ms } = require('node:worker_threads').workerData;
  setTimeout(() => {
    Atomics.store(cell, 0, 1);
    Atomics.notify(cell, 0);
  }, ms);
`;

export function sleepBlocking(ms: number): void {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(PROGRAM, { eval: true, workerData: { cell, ms } });
  Atomics.wait(cell, 0, 0);
  void worker.terminate();
}

export function sleepAsynchronously(ms: number): Promise<void> {
  const { promise, resolve } = latch();
  setTimeout(resolve, ms);
  return promise;
}

function latch(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
