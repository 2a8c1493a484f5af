import { Piscina } from 'piscina';
import { messageOf } from '../core/errors.js';
import type { Connecting } from '../core/run.js';
import { TaskError, type TaskErrorRecord } from '../core/task-error.js';
import type { Task, TaskResult } from './task.js';
import { describeTask, type TaskSpec } from './task-spec.js';

/** What a thread of the pool answers; connections that it set up are told with the call that needed them. */
export interface PoolAnswer {
  readonly result?: TaskResult;
  readonly error?: TaskErrorRecord;
  readonly connecting: Connecting;
}

/** What a thread of the pool is started with. */
export interface PoolThreadData {
  readonly spec: TaskSpec;
  readonly threads: number;
  /** How many threads have been asked for the first time. */
  readonly arrived: Int32Array<SharedArrayBuffer>;
}

/**
 * Opens the task on a pool of threads, each of which does one at a time. All threads have opened it when this resolves.
 *
 * @throws {Error} when a thread cannot open the task.
 */
export async function openPoolTask(spec: TaskSpec, threads: number): Promise<Task> {
  const pool = new Piscina<number, PoolAnswer>({
    filename: new URL('./pool-thread.js', import.meta.url).href,
    name: 'callOnce',
    workerData: { spec, threads, arrived: new Int32Array(new SharedArrayBuffer(4)) },
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    recordTiming: false,
    execArgv: [],
  });
  try {
    await Promise.all(Array.from({ length: threads }, () => pool.run(-1)));
  } catch (error) {
    await pool.destroy();
    throw error;
  }
  let connections = 0;
  let durationMs = 0;
  const call = async (index: number): Promise<TaskResult> => {
    const { result, error, connecting } = await pool.run(index).catch((thrown: unknown) => {
      throw lostThread(spec, thrown);
    });
    connections += connecting.connections;
    durationMs += connecting.durationMs;
    if (result !== undefined) return result;
    const { code, message, status } = error ?? {
      code: 'FAILED',
      message: 'a thread of the pool answered nothing',
      status: 0,
    };
    throw new TaskError(code, message, status);
  };
  return {
    call,
    within: (work) => work(),
    connecting: () => {
      const report = { connections, durationMs };
      connections = 0;
      durationMs = 0;
      return report;
    },
    close: () => void pool.destroy(),
  };
}

function lostThread(spec: TaskSpec, thrown: unknown): TaskError {
  const { text } = describeTask(spec);
  const ended = messageOf(thrown).startsWith('worker exited');
  const what = ended
    ? 'its thread ended in the midst of a call; does the task call process.exit?'
    : `${messageOf(thrown)}, which nothing handled`;
  return new TaskError('FAILED', `${text}: ${what}`, 0, thrown);
}
