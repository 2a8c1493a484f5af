import { eachConcurrently } from '../core/concurrency.js';
import type { ModeName } from '../core/run.js';

/** What bounds how much happens at the same time. */
export interface ModeLimits {
  /** Most calls in flight on an event loop; `Infinity` when there is no limit. */
  readonly inFlight: number;
  /** Threads of the pool. */
  readonly threads: number;
}

/** A mode that holds the calling thread until all is done. `once` must not throw. */
export interface BlockingMode {
  readonly blocks: true;
  /** Most calls in flight when `number` are made. */
  readonly concurrency: (number: number, limits: ModeLimits) => number;
  readonly run: (number: number, concurrency: number, once: (index: number) => void) => void;
}

/** A mode that leaves the thread free while it waits. `once` must not reject. */
export interface AwaitingMode {
  readonly blocks: false;
  /** Who does the work that is awaited: Node's event loop, our own, or a pool of threads. */
  readonly on: 'node' | 'loop' | 'threads';
  /** Most calls in flight when `number` are made. */
  readonly concurrency: (number: number, limits: ModeLimits) => number;
  readonly run: (
    number: number,
    concurrency: number,
    once: (index: number) => Promise<void>,
  ) => Promise<void>;
}

const synchronous: BlockingMode = {
  blocks: true,
  concurrency: () => 1,
  run(number, _concurrency, once) {
    for (let index = 0; index < number; index += 1) once(index);
  },
};

const asynchronous: AwaitingMode = {
  blocks: false,
  on: 'node',
  concurrency: (number, { inFlight }) => Math.min(number, inFlight),
  run: eachConcurrently,
};

/** Awaiting in a loop is running concurrently with one in flight. */
const sequential: AwaitingMode = { ...asynchronous, concurrency: () => 1 };

/** A pool is kept busy by as many calls in flight as it has threads. */
const onThreads: AwaitingMode = {
  ...asynchronous,
  on: 'threads',
  concurrency: (number, { inFlight, threads }) => Math.min(number, inFlight, threads),
};

/** Every way to do a task N times. */
export const MODES: Readonly<Record<ModeName, BlockingMode | AwaitingMode>> = {
  sync: synchronous,
  sequential,
  async: asynchronous,
  loop: { ...asynchronous, on: 'loop' },
  threads: onThreads,
};
