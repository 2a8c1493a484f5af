// The thread in which one mode makes its calls; every mode has one, all started alike. See `mode-worker.ts`.
import { parentPort, workerData } from 'node:worker_threads';
import { CallColumns } from '../core/call-columns.js';
import type { CallLog } from '../core/call-log.js';
import { monotonicNow } from '../core/clock.js';
import type { Connecting } from '../core/run.js';
import { messageOf, MissingExportError, UsageError } from '../core/errors.js';
import type { Milliseconds } from '../core/units.js';
import { Recorder } from '../measure/recorder.js';
import { watchThread } from '../measure/thread-watch.js';
import { MODES, type AwaitingMode, type BlockingMode } from '../modes/mode.js';
import { median, sortSamples } from '../statistics/sorted-samples.js';
import { openBlockingTask, openTask } from '../tasks/open-task.js';
import type { BlockingTask, Task } from '../tasks/task.js';
import { loadAwaiting, loadBlocking, LoadLog } from './load-in-thread.js';
import type {
  KeptAnswer,
  LoadOrder,
  ModeMessage,
  ModeThreadData,
  RoundOrder,
  StopOrder,
} from './mode-protocol.js';

const { mode: name, task: spec, threads }: ModeThreadData = workerData;
const mode = MODES[name];
const BRIDGE_SAMPLES = 200;
// Answers go out every now and then, so that those of an interrupted round are not lost with this thread, and not one by
// one, because a message costs some microseconds. A thread that blocks cannot be asked for the rest, so it sends each.
const ANSWERS_EVERY_MS = mode.blocks ? 0 : 50;

let endRound: (() => void) | undefined;

function tell(message: ModeMessage): void {
  parentPort?.postMessage(message);
}

function onOrders(make: (order: RoundOrder | LoadOrder) => void, stop: () => void): void {
  parentPort?.on('message', (order: RoundOrder | LoadOrder | StopOrder) => {
    if (order.kind === 'stop') stop();
    else make(order);
  });
}

try {
  if (mode.blocks) serveBlocking(mode, await openBlockingTask(spec));
  else serveAwaiting(mode, await openAwaitingTask(mode));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  const missing = error instanceof MissingExportError ? { missing: error.reason } : {};
  tell({ kind: 'refused', message: messageOf(error), ...missing });
}

function serveBlocking({ run }: BlockingMode, task: BlockingTask): void {
  onOrders(
    (order) => {
      const connecting = (): Connecting => task.connecting();
      if (order.kind === 'round') {
        const { recorder, end } = beginRound(order, connecting);
        run(order.number, order.concurrency, recorder.blocking(task.call));
        end();
      } else {
        const { recorder, log, end } = beginLoad(order, connecting);
        loadBlocking(order, task, recorder, log);
        end();
      }
    },
    () => {},
  );
  tell({ kind: 'ready', blockingBridgeMs: timeBridge(task) });
}

function serveAwaiting({ run }: AwaitingMode, task: Task): void {
  const connecting = (): Connecting => task.connecting();
  const makeRound = async (order: RoundOrder): Promise<void> => {
    const { recorder, end } = beginRound(order, connecting);
    const once = recorder.awaiting(task.call);
    await task.within(() => run(order.number, order.concurrency, once));
    end();
  };
  const makeLoad = async (order: LoadOrder): Promise<void> => {
    const { recorder, log, end } = beginLoad(order, connecting);
    await task.within(() => loadAwaiting(order, task, recorder, log));
    end();
  };
  let making: Promise<void> = Promise.resolve();
  const stop = async (): Promise<void> => {
    endRound?.();
    // Calls that are given up end the round's work at once, since no further one is begun when its record is closed.
    task.close();
    await making;
    tell({ kind: 'stopped' });
  };
  onOrders(
    (order) => {
      making = order.kind === 'round' ? makeRound(order) : makeLoad(order);
    },
    () => void stop(),
  );
  tell({ kind: 'ready', blockingBridgeMs: undefined });
}

function timeBridge({ timeBridge: time }: BlockingTask): Milliseconds | undefined {
  const samples = time?.(BRIDGE_SAMPLES);
  return samples && median(sortSamples(samples.slice(BRIDGE_SAMPLES / 2)));
}

// The event loop and the pool are loaded only where they are wanted: a thread without them starts sooner.
async function openAwaitingTask({ on }: AwaitingMode): Promise<Task> {
  if (on === 'threads') return (await import('../tasks/pool-task.js')).openPoolTask(spec, threads);
  if (on === 'loop' && (spec.kind === 'http' || spec.kind === 'sleep')) {
    return (await import('../tasks/loop-tasks.js')).openLoopTask(spec);
  }
  return openTask(spec);
}

interface Begun {
  readonly recorder: Recorder;
  readonly end: () => void;
}

function beginRound(order: RoundOrder, connecting: () => Connecting): Begun {
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
  const log = new CallColumns(order.number, order.columns);
  return begin(log, connecting, {
    ...(order.keepAnswers ? { answered: keep } : {}),
    wallMs: (elapsedMs) => elapsedMs,
    ended: sendAnswers,
  });
}

function beginLoad(
  order: LoadOrder,
  connecting: () => Connecting,
): Begun & { readonly log: LoadLog } {
  const log = new LoadLog(order);
  const wallMs = (elapsedMs: Milliseconds): Milliseconds => log.wallMs(order, elapsedMs);
  return { log, ...begin(log, connecting, { wallMs, ended: () => {} }) };
}

interface Manner {
  readonly answered?: (index: number, value: unknown) => void;
  readonly wallMs: (elapsedMs: Milliseconds) => Milliseconds;
  readonly ended: () => void;
}

// What is begun ends once: when its calls are made, or earlier when it is told to.
function begin(
  log: CallLog,
  connecting: () => Connecting,
  { answered, wallMs, ended }: Manner,
): Begun {
  const unwatch = watchThread(mode.blocks);
  const recorder = new Recorder(log, {
    ...(answered === undefined ? {} : { answered }),
    failedFirst: (code, message) => tell({ kind: 'failure', code, message }),
  });
  const end = (): void => {
    if (endRound !== end) return;
    endRound = undefined;
    const wall = wallMs(recorder.elapsedMs());
    recorder.stop();
    const seen = { ...unwatch(), ...recorder.told() };
    ended();
    tell({ kind: 'done', wallMs: wall, connecting: connecting(), seen });
  };
  endRound = end;
  return { recorder, end };
}
