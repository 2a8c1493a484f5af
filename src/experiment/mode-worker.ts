import { Worker } from 'node:worker_threads';
import { monotonicNow } from '../core/clock.js';
import { messageOf, MissingExportError, UnavailableError, UsageError } from '../core/errors.js';
import type { LoadPlan } from '../core/load.js';
import { NO_RESOURCES, type Connecting, type ModeName, type TaskDescription } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { MODES, type ModeLimits } from '../modes/mode.js';
import { describeTask, type TaskSpec } from '../tasks/task-spec.js';
import type { Contender, RunningRound } from './contender.js';
import { RoundCollector } from './round-collector.js';
import { firstMessage, lossOf } from './thread-fate.js';
import { watchForStall, type WatchedCalls } from './stall-watch.js';
import type { LoadCollector, LoadObservation } from './load-collector.js';
import type {
  LoadOrder,
  ModeMessage,
  ModeThreadData,
  RoundOrder,
  SeenInThread,
  StopOrder,
} from './mode-protocol.js';

// With thousands of calls in flight everything survives a small young generation and is copied for nothing, in the midst
// of a measurement: at 2,000 in flight, a quarter more CPU. At 500 the engine's own limit, 48 MB, costs none. The space grows to
// its limit in any run that is long enough, so a higher one is memory that a million calls take.
const YOUNG_GENERATION_MB = 128;
const FEW_IN_FLIGHT = 500;
// A thread that is not blocked hears that it is to end within a millisecond or two.
const HEARING_MS = 25;
// It then gives up its calls. The process aborts when a thread is ended while libuv watches a descriptor of our event loop
// for it (koffi 3.3: `PollHandle::OnPoll` makes objects in a thread that may not any more), so it is given the time.
const GIVING_UP_MS = 2000;
// A module whose import blocks its thread for ever is given up; each thread of a pool imports it, too.
const START_LIMIT_MS: Milliseconds = 20_000;
const START_LIMIT_PER_THREAD_MS: Milliseconds = 1000;
const NO_CONNECTING: Connecting = { connections: 0, durationMs: 0 };

/** What a mode's thread is started with, and what the contender is called. */
export interface ModeWorkerData extends ModeThreadData {
  readonly name: string;
  /** Most calls that will be in flight; very many unless told. */
  readonly inFlight?: number;
}

/** Gathers what the thread tells until its end, and what there is by then. */
interface Collector<Result> {
  readonly calls: WatchedCalls;
  take(message: ModeMessage): void;
  assemble(wallMs: Milliseconds, connecting: Connecting, seen: SeenInThread): Result;
}

/**
 * One mode in a thread of its own, with its connections kept from round to round. The thread that holds this stays free,
 * so progress and Ctrl-C work even while the mode blocks its thread.
 */
export class ModeWorker implements Contender {
  readonly name: string;
  readonly mode: ModeName;
  readonly task: TaskDescription;
  /** What handing a blocking call to another thread costs; `undefined` for modes that do not block. */
  readonly blockingBridgeMs: Milliseconds | undefined;
  readonly #worker: Worker;
  readonly #spec: TaskSpec;
  readonly #lost: Promise<Error>;
  #cut: (() => void) | undefined;
  #running: Promise<unknown> = Promise.resolve();

  private constructor(
    data: ModeWorkerData,
    worker: Worker,
    blockingBridgeMs: Milliseconds | undefined,
  ) {
    this.name = data.name;
    this.mode = data.mode;
    this.task = describeTask(data.task);
    this.#spec = data.task;
    this.#worker = worker;
    this.#lost = lossOf(worker, data);
    this.blockingBridgeMs = blockingBridgeMs;
  }

  /**
   * Starts a thread for a mode and waits until it is ready.
   *
   * @throws {MissingExportError} when the task lacks what this mode needs.
   * @throws {UsageError} when the task cannot be used as it is.
   * @throws {UnavailableError} when the thread does not start.
   */
  static async start(data: ModeWorkerData): Promise<ModeWorker> {
    const worker = new Worker(new URL('./mode-thread.js', import.meta.url), {
      workerData: data satisfies ModeThreadData,
      // Flags such as `--input-type` are refused by a thread whose code is a file.
      execArgv: [],
      ...((data.inFlight ?? Infinity) > FEW_IN_FLIGHT
        ? { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB } }
        : {}),
      stdout: true,
    });
    // What a user's function prints is no result of ours.
    worker.stdout.pipe(process.stderr);
    try {
      const pool = data.mode === 'threads' ? data.threads : 0;
      const message = await firstMessage(worker, START_LIMIT_MS + pool * START_LIMIT_PER_THREAD_MS);
      if (message.kind === 'refused') throw refusalOf(message);
      const bridgeMs = message.kind === 'ready' ? message.blockingBridgeMs : undefined;
      return new ModeWorker(data, worker, bridgeMs);
    } catch (error) {
      await worker.terminate();
      if (error instanceof UsageError) throw error;
      if (data.task.kind === 'module') {
        throw new UsageError(`${data.task.file} could not be imported: ${messageOf(error)}`, {
          cause: error,
        });
      }
      throw new UnavailableError(`the ${data.mode} mode did not start: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  concurrency(number: number, limits: ModeLimits): number {
    return MODES[this.mode].concurrency(number, limits);
  }

  startRound(number: number, concurrency: number, keepAnswers: boolean): RunningRound {
    const collector = new RoundCollector(number, keepAnswers, this.#spec.kind === 'command');
    const { calls } = collector;
    const columns = calls.buffer;
    const result = this.#make(
      { kind: 'round', number, concurrency, columns, keepAnswers },
      collector,
    );
    return { calls, result };
  }

  /** Makes calls under load and gathers them in `collector`. Nothing else can be asked of the thread afterwards. */
  load(plan: LoadPlan, collector: LoadCollector): Promise<LoadObservation> {
    const { layout, buffer } = collector.calls;
    return this.#make({ kind: 'load', plan, layout, buffer }, collector);
  }

  #make<Result>(order: RoundOrder | LoadOrder, collector: Collector<Result>): Promise<Result> {
    const beganMs = monotonicNow();
    let end = (): void => {};
    const result = new Promise<Result>((resolve, reject) => {
      const settle = (wallMs: Milliseconds, connecting: Connecting, seen: SeenInThread): void => {
        end();
        resolve(collector.assemble(wallMs, connecting, seen));
      };
      const onMessage = (message: ModeMessage): void => {
        collector.take(message);
        if (message.kind === 'done') settle(message.wallMs, message.connecting, message.seen);
      };
      const fail = (error: Error): void => {
        end();
        reject(error);
      };
      const unwatch = watchForStall(this.#spec, collector.calls, (error) => {
        void this.#worker.terminate();
        fail(error);
      });
      end = () => {
        unwatch();
        this.#worker.off('message', onMessage);
        this.#cut = undefined;
      };
      this.#worker.on('message', onMessage);
      this.#cut = () => settle(monotonicNow() - beganMs, NO_CONNECTING, NO_RESOURCES);
      void this.#lost.then(fail);
    });
    this.#worker.postMessage(order);
    this.#running = result.catch(() => {});
    return result;
  }

  /**
   * Ends the thread, blocked or not. A running round ends where it is: the thread is asked to end it, and what it does not
   * tell in time is taken from the columns.
   */
  async stop(): Promise<void> {
    if (this.#cut !== undefined) {
      const order: StopOrder = { kind: 'stop' };
      this.#worker.postMessage(order);
      const stopped = MODES[this.mode].blocks ? undefined : this.#hasStopped();
      const timer = setTimeout(() => this.#cut?.(), HEARING_MS);
      await this.#running;
      clearTimeout(timer);
      await stopped;
    }
    await this.#worker.terminate();
  }

  // Resolves when the thread says so, or has had its time.
  async #hasStopped(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GIVING_UP_MS);
      const over = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.#worker.once('exit', over).on('message', (message: ModeMessage) => {
        if (message.kind === 'stopped') over();
      });
    });
  }
}

function refusalOf({ message, missing }: Extract<ModeMessage, { kind: 'refused' }>): UsageError {
  return missing === undefined ? new UsageError(message) : new MissingExportError(message, missing);
}
