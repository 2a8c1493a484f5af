// The thread in which `runInThread` calls functions, one at a time.
import { parentPort } from 'node:worker_threads';
import { messageOf, UsageError } from '../../core/errors.js';
import { sendTo, type SenderData } from './inbox.js';
import type { ThreadAnswer, ThreadOrder } from './thread-protocol.js';

let sender: SenderData<ThreadAnswer> | undefined;

parentPort?.on('message', (order: ThreadOrder) => void answer(order));
// A function that ends its thread, by process.exit, should not leave its caller waiting.
process.on('exit', () => tell({ kind: 'exited' }));

async function answer(order: ThreadOrder): Promise<void> {
  sender = order.sender;
  try {
    tell({ kind: 'returned', value: await call(order) });
  } catch (error) {
    tell({ kind: 'threw', error: cloneable(error) });
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

function cloneable(error: unknown): unknown {
  try {
    structuredClone(error);
    return error;
  } catch {
    return new Error(messageOf(error));
  }
}
