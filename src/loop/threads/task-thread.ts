// The thread in which `runInThread` calls functions, one at a time.
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, UsageError } from '../../core/errors.js';
import { sendTo, type SenderData } from './inbox.js';
import type { ErrorMarks, ThreadAnswer, ThreadData, ThreadOrder } from './thread-protocol.js';

const { ended }: ThreadData = workerData;
let sender: SenderData<ThreadAnswer> | undefined;

parentPort?.on('message', (order: ThreadOrder) => void answer(order));
// A function that ends its thread, or whose callbacks do, should not leave its caller waiting, nor the next one.
process.on('uncaughtExceptionMonitor', (error) => {
  tell({ kind: 'exited', reason: messageOf(error) });
});
process.on('exit', () => {
  Atomics.store(new Int32Array(ended), 0, 1);
  tell({ kind: 'exited', reason: 'it exited' });
});

async function answer(order: ThreadOrder): Promise<void> {
  sender = order.sender;
  try {
    tell({ kind: 'returned', value: await call(order) });
  } catch (error) {
    tell({ kind: 'threw', error: cloneable(error), marks: marksOf(error) });
  }
}

async function call({ moduleUrl, exportName, args }: ThreadOrder): Promise<unknown> {
  const module: Readonly<Record<string, unknown>> = await import(moduleUrl);
  const found = module[exportName];
  if (typeof found !== 'function') {
    throw new UsageError(`${moduleUrl} exports no function named ${exportName}`);
  }
  return Reflect.apply(found, undefined, args);
}

function tell(message: ThreadAnswer): void {
  if (sender === undefined) return;
  const { port } = sender;
  sendTo(sender, message);
  sender = undefined;
  port.close();
}

function marksOf(error: unknown): ErrorMarks {
  if (!(error instanceof Error)) return {};
  return 'code' in error && typeof error.code === 'string'
    ? { name: error.name, code: error.code }
    : { name: error.name };
}

// Some errors cannot be cloned and some, DOMExceptions among them, become an empty object.
function cloneable(error: unknown): unknown {
  try {
    const clone: unknown = structuredClone(error);
    if (clone instanceof Error || !(error instanceof Error)) return error;
  } catch {
    // Its message can.
  }
  return new Error(messageOf(error));
}
