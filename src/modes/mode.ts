import { runConcurrently } from '../core/concurrency.js';
import type { ModeName } from '../core/run.js';

/** A mode that holds the calling thread until all is done. `once` must not throw. */
export interface BlockingMode {
  readonly blocks: true;
  /** Most calls in flight when `number` are made and the limit is `limit`. */
  readonly concurrency: (number: number, limit: number) => number;
  run(number: number, concurrency: number, once: (index: number) => void): void;
}

/** A mode that leaves the thread free while it waits. `once` must not reject. */
export interface AwaitingMode {
  readonly blocks: false;
  /** Whose event loop waits: Node's or our own. */
  readonly on: 'node' | 'loop';
  /** Most calls in flight when `number` are made and the limit is `limit`. */
  readonly concurrency: (number: number, limit: number) => number;
  run(
    number: number,
    concurrency: number,
    once: (index: number) => Promise<void>,
  ): Promise<unknown>;
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
  concurrency: (number, limit) => Math.min(number, limit),
  run: runConcurrently,
};

/** Awaiting in a loop is running concurrently with one in flight. */
const sequential: AwaitingMode = { ...asynchronous, concurrency: () => 1 };

/** Every way to do a task N times. */
export const MODES: Readonly<Record<ModeName, BlockingMode | AwaitingMode>> = {
  sync: synchronous,
  sequential,
  async: asynchronous,
  loop: { ...asynchronous, on: 'loop' },
};
