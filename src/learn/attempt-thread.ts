// The thread that the learner's module runs in; see `attempt-process.ts`.
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../core/errors.js';
import { importUserModule } from '../tasks/user-modules.js';
import {
  BEAT_MS,
  type AttemptQuestion,
  type AttemptReport,
  type AttemptThreadData,
} from './attempt-protocol.js';

const { file, beats }: AttemptThreadData = workerData;

function report(what: AttemptReport): void {
  try {
    parentPort?.postMessage(what);
  } catch {
    // A function, say, cannot be sent to another thread.
    parentPort?.postMessage({ kind: 'returned', value: '(something that cannot be shown)' });
  }
}

// Not unref'ed: a thread that waits for nothing would end, and take what it knows with it.
setInterval(() => Atomics.add(beats, 0, 1), BEAT_MS);
process.on('unhandledRejection', (reason) => {
  report({ kind: 'unhandled', message: messageOf(reason) });
});

try {
  const module: Record<string, unknown> = Object(await importUserModule(file));
  parentPort?.on('message', (question: AttemptQuestion) => {
    if (question.kind === 'where') {
      report({ kind: 'waits for', resources: process.getActiveResourcesInfo() });
    } else {
      void answer(module, question);
    }
  });
  report({ kind: 'loaded' });
} catch (error) {
  report({ kind: 'refused', message: messageOf(error) });
}

async function answer(
  module: Readonly<Record<string, unknown>>,
  { name, args }: Extract<AttemptQuestion, { kind: 'call' }>,
): Promise<void> {
  const called = module[name];
  if (typeof called !== 'function') {
    report({ kind: 'refused', message: `it exports no function ${name}` });
    return;
  }
  try {
    report({ kind: 'returned', value: await called(...args) });
  } catch (error) {
    report({ kind: 'threw', message: messageOf(error) });
  }
}
