// The thread in which one mode makes its calls; every mode has one, all started alike. See `mode-worker.ts`.
import { parentPort, workerData } from 'node:worker_threads';
import { timeBlockingBridge } from '../clients/blocking-connections.js';
import { CallColumns } from '../core/call-columns.js';
import { monotonicNow } from '../core/clock.js';
import { Recorder } from '../measure/recorder.js';
import { MODES } from '../modes/mode.js';
import { median, sortSamples } from '../statistics/sorted-samples.js';
import { openBlockingTask, openTask } from '../tasks/http-task.js';
import type { KeptAnswer, ModeMessage, ModeThreadData, RoundOrder } from './mode-protocol.js';

const { mode: name, task: spec }: ModeThreadData = workerData;
const mode = MODES[name];
const BRIDGE_SAMPLES = 200;
const ANSWERS_EVERY_MS = 50;

function tell(message: ModeMessage): void {
  parentPort?.postMessage(message);
}

if (mode.blocks) {
  const task = openBlockingTask(spec);
  const bridge = median(sortSamples(timeBlockingBridge(BRIDGE_SAMPLES).slice(BRIDGE_SAMPLES / 2)));
  parentPort?.on('message', (order: RoundOrder) => {
    const { recorder, sendAnswers } = begin(order);
    mode.run(order.number, order.concurrency, recorder.blocking(task.call));
    const wallMs = recorder.elapsedMs();
    sendAnswers();
    tell({ kind: 'done', wallMs, connecting: task.connecting() });
  });
  tell({ kind: 'ready', blockingBridgeMs: bridge });
} else {
  const task = openTask(spec);
  const round = async (order: RoundOrder): Promise<void> => {
    const { recorder, sendAnswers } = begin(order);
    await mode.run(order.number, order.concurrency, recorder.awaiting(task.call));
    const wallMs = recorder.elapsedMs();
    sendAnswers();
    tell({ kind: 'done', wallMs, connecting: task.connecting() });
  };
  parentPort?.on('message', (order: RoundOrder) => void round(order));
  tell({ kind: 'ready', blockingBridgeMs: undefined });
}

// Answers go out every now and then, so that those of an interrupted round are not lost with this thread, and not one by
// one, because a message costs several microseconds.
function begin(order: RoundOrder): { recorder: Recorder; sendAnswers: () => void } {
  let kept: KeptAnswer[] = [];
  let sentAtMs = monotonicNow();
  const sendAnswers = (): void => {
    if (kept.length > 0) tell({ kind: 'answers', answers: kept });
    kept = [];
    sentAtMs = monotonicNow();
  };
  const keep = (index: number, value: unknown): void => {
    kept.push([index, value]);
    if (monotonicNow() - sentAtMs >= ANSWERS_EVERY_MS) sendAnswers();
  };
  const recorder = new Recorder(new CallColumns(order.number, order.columns), {
    ...(order.keepAnswers ? { answered: keep } : {}),
    failedFirst: (code, message) => tell({ kind: 'failure', code, message }),
  });
  return { recorder, sendAnswers };
}
