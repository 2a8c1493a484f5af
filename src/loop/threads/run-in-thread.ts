import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { LwasyncError, messageOf } from '../../core/errors.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { Future } from '../tasks/future.js';
import { currentLoop } from '../tasks/running.js';
import { Semaphore } from '../tasks/semaphore.js';
import { startOwnedTask, type Task } from '../tasks/task.js';
import { openInbox } from './inbox.js';
import type { ThreadAnswer, ThreadData, ThreadOrder, ErrorMarks } from './thread-protocol.js';

/** The thread ended before the function did. */
export class ThreadEndedError extends LwasyncError {
  readonly code = 'THREAD_ENDED';

  constructor(reason: string) {
    super(`the thread ended before its function did: ${reason}`);
  }
}

const slots = new Semaphore(availableParallelism());
const idle: Thread[] = [];

interface Thread {
  readonly worker: Worker;
  /** Its first word is 1 once the thread has ended, which its events tell only while Node's loop runs. */
  readonly ended: Int32Array;
}

/**
 * Calls a function that a module exports, on another thread, for work that computes: at most one such thread for each
 * processor, used again. Arguments and result are cloned. Fails with what the function threw (a clone, with its
 * message, name and code, that is an `Error` and no class of one's own), or with a `ThreadEndedError`;
 * cancelled, it ends the thread in the midst of what it does. A thread that runs out of memory is noticed in `loop.host`
 * but not in `loop.run`, where a `timeout` around it helps.
 *
 * @param moduleUrl - the module, such as `import.meta.url`
 * @param exportName - the function, async or not
 */
export function runInThread<Result>(
  moduleUrl: string | URL,
  exportName: string,
  args: readonly unknown[] = [],
): Task<Result> {
  const call = { moduleUrl: String(moduleUrl), exportName, args };
  return startOwnedTask(() => slots.use(() => callInThread<Result>(call)), { name: exportName });
}

function* callInThread<Result>(call: Omit<ThreadOrder, 'sender'>): Coroutine<Result> {
  const thread = takeIdle() ?? startThread();
  const { worker } = thread;
  const answered = new Future<ThreadAnswer<Result>>(currentLoop());
  const inbox = openInbox<ThreadAnswer<Result>>((answer) => answered.resolve(answer));
  const onError = (error: unknown): void => {
    answered.reject(new ThreadEndedError(messageOf(error)));
  };
  const onExit = (): void => answered.reject(new ThreadEndedError('it exited'));
  worker.on('error', onError).on('exit', onExit);
  let isReusable = false;
  try {
    worker.postMessage({ ...call, sender: inbox.sender } satisfies ThreadOrder, [
      inbox.sender.port,
    ]);
    const answer = yield* answered;
    isReusable = answer.kind !== 'exited';
    if (answer.kind === 'returned') return answer.value;
    if (answer.kind === 'exited') throw new ThreadEndedError(answer.reason);
    throw answer.error instanceof Error ? marked(answer.error, answer.marks) : answer.error;
  } finally {
    worker.off('error', onError).off('exit', onExit);
    inbox.close();
    if (isReusable) idle.push(thread);
    else end(worker);
  }
}

// Some errors have them as getters: a DOMException, which later lines of Node clone as one.
function marked(error: Error, marks: ErrorMarks): Error {
  for (const [name, value] of Object.entries(marks)) {
    if (Reflect.get(error, name) === value) continue;
    Object.defineProperty(error, name, { value, writable: true, configurable: true });
  }
  return error;
}

function takeIdle(): Thread | undefined {
  let thread = idle.pop();
  while (thread?.ended[0] === 1) thread = idle.pop();
  return thread;
}

function startThread(): Thread {
  const ended = new SharedArrayBuffer(4);
  const worker = new Worker(new URL('./task-thread.js', import.meta.url), {
    execArgv: [],
    workerData: { ended } satisfies ThreadData,
  });
  worker.unref();
  return { worker, ended: new Int32Array(ended) };
}

function end(worker: Worker): void {
  worker.on('error', () => {});
  void worker.terminate();
}
