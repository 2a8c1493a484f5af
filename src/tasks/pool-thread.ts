// One thread of the pool of the mode `threads`; see `pool-task.ts`.
import { workerData } from 'node:worker_threads';
import { MissingExportError } from '../core/errors.js';
import { TaskError } from '../core/task-error.js';
import type { PoolAnswer, PoolThreadData } from './pool-task.js';
import { openBlockingTask, openTask } from './open-task.js';
import type { BlockingTask, Task } from './task.js';
import { blocksInPool } from './task-spec.js';

const START_LIMIT_MS = 20_000;

const { spec, arrived, threads }: PoolThreadData = workerData;
const task = blocksInPool(spec) ? await openBlockingOrOther() : await openTask(spec);

// Whether a module exports a function is known for certain only when it is imported.
async function openBlockingOrOther(): Promise<BlockingTask | Task> {
  try {
    return await openBlockingTask(spec);
  } catch (error) {
    if (error instanceof MissingExportError) return openTask(spec);
    throw error;
  }
}

/** Does the task once; a negative index does nothing and is answered when every thread of the pool has got one. */
export async function callOnce(index: number): Promise<PoolAnswer> {
  if (index < 0) {
    waitForAll();
    return { connecting: task.connecting() };
  }
  try {
    const result = await task.call(index);
    return { result: { ...result, value: undefined }, connecting: task.connecting() };
  } catch (error) {
    return { error: TaskError.record(error), connecting: task.connecting() };
  }
}

// A thread that was first would otherwise take what is meant for one that still starts.
function waitForAll(): void {
  const here = Atomics.add(arrived, 0, 1) + 1;
  Atomics.notify(arrived, 0);
  for (let count = here; count < threads; count = Atomics.load(arrived, 0)) {
    if (Atomics.wait(arrived, 0, count, START_LIMIT_MS) === 'timed-out') return;
  }
}
