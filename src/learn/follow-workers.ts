import { Worker } from 'node:worker_threads';
import type { WorkerEvent } from './attempt-protocol.js';

/** Tells of the worker threads that this thread begins, from now on: what it hands to them, what comes back, and their end. */
export function followWorkers(tell: (event: WorkerEvent) => void): void {
  const numbers = new WeakMap<Worker, number>();
  let begun = 0;
  const numberOf = (worker: Worker): number => {
    const known = numbers.get(worker);
    if (known !== undefined) return known;
    const number = begun;
    begun += 1;
    numbers.set(worker, number);
    const note = (what: WorkerEvent['what']) => (): void => tellOf(number, what);
    note('began')();
    worker.on('message', note('answered'));
    worker.once('exit', note('ended'));
    return number;
  };
  const tellOf = (worker: number, what: WorkerEvent['what']): void =>
    tell({ worker, what, atMs: performance.now() });
  // Told a tick after the thread has begun, when it may have been handed something.
  process.on('worker', numberOf);
  const postMessage: Worker['postMessage'] = Reflect.get(Worker.prototype, 'postMessage');
  Worker.prototype.postMessage = function (this: Worker, ...args): void {
    tellOf(numberOf(this), 'asked');
    Reflect.apply(postMessage, this, args);
  };
}
