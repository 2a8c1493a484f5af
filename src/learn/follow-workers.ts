import { Worker } from 'node:worker_threads';
import type { WorkerEvent } from './attempt-protocol.js';

/** Tells of the worker threads that this thread begins, from now on: what it hands to them, what comes back, and their end. */
export function followWorkers(tell: (event: WorkerEvent) => void): void {
  const numbers = new WeakMap<Worker, number>();
  let begun = 0;
  const tellOf = (worker: number, what: WorkerEvent['what']): void =>
    tell({ worker, what, atMs: performance.now() });
  const numberOf = (worker: Worker): number => {
    const known = numbers.get(worker);
    if (known !== undefined) return known;
    const number = begun;
    begun += 1;
    numbers.set(worker, number);
    tellOf(number, 'began');
    onEmit(worker, (event) => {
      if (event === 'message') tellOf(number, 'answered');
      if (event === 'exit') tellOf(number, 'ended');
    });
    return number;
  };
  // Told a tick after the thread has begun, when it may have been handed something.
  process.on('worker', numberOf);
  const postMessage: Worker['postMessage'] = Reflect.get(Worker.prototype, 'postMessage');
  Worker.prototype.postMessage = function (this: Worker, ...args): void {
    tellOf(numberOf(this), 'asked');
    Reflect.apply(postMessage, this, args);
  };
}

// A listener can be removed with all others, and one for messages changes for how long a worker keeps its program alive.
function onEmit(worker: Worker, note: (event: unknown) => void): void {
  const emit = worker.emit.bind(worker);
  Object.defineProperty(worker, 'emit', {
    value: (...args: Parameters<typeof emit>) => {
      note(args[0]);
      return emit(...args);
    },
  });
}
