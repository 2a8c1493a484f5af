import { monotonicNow } from '../../core/clock.js';
import type { Milliseconds } from '../../core/units.js';
import type { Handle } from '../handle.js';
import type { HostKind } from '../tasks/running.js';
import { notePlace, placeOf } from './call-place.js';
import type { Instrument, LoopView, Phase, TaskInfo } from './instrument.js';
import { PassLog } from './pass-log.js';
import { QueueMirror } from './queue-mirror.js';
import type { LoopRecord } from './record.js';
import { StayLog } from './stay-log.js';
import { RunLog, type OpenRun } from './run-log.js';
import { TaskLog } from './task-log.js';

/** How a recorder records. */
export interface RecorderOptions {
  /** The clock, in milliseconds: the monotonic one unless said otherwise. Use that of the loop. */
  readonly now?: () => Milliseconds;
  /** Most runs, most passes and most tasks that are kept: 100,000 unless said otherwise, about 20 MB. */
  readonly limit?: number;
  /** Whether to note where in the program each handle and task was asked for, some tens of microseconds each. */
  readonly places?: boolean;
}

const LIMIT = 100_000;

/**
 * Records what a loop does: its passes, the callbacks that ran and what caused them, its tasks. `record` gives it as plain
 * data, at any time. One recorder may look on in several loops of a thread, one after another.
 */
export class Recorder implements Instrument {
  readonly #now: () => Milliseconds;
  readonly #takesPlaces: boolean;
  readonly #queue = new QueueMirror();
  readonly #runs: RunLog;
  readonly #passes: PassLog;
  readonly #tasks: TaskLog;
  readonly #creators = new WeakMap<Handle, number>();
  readonly #stay = new StayLog();
  #loop: LoopView | undefined;
  #left: { readonly loop: LoopView; readonly lastId: number } | undefined;
  #startedMs: Milliseconds | undefined;
  #running: OpenRun | undefined;
  // Native code that was woken goes on in a microtask after the run that woke it.
  #wakerId: number | undefined;

  constructor(options: RecorderOptions = {}) {
    const { now = monotonicNow, limit = LIMIT, places = false } = options;
    this.#now = now;
    this.#takesPlaces = places;
    this.#runs = new RunLog(limit);
    this.#passes = new PassLog(limit);
    this.#tasks = new TaskLog(limit);
  }

  /** What was seen so far. */
  record(): LoopRecord {
    const nowMs = this.#now();
    const startedMs = this.#startedMs ?? nowMs;
    const endedMs = Math.max(this.#runs.lastMs, this.#passes.lastMs, startedMs);
    const { wallMs = endedMs - startedMs, outsideMs } = this.#stay.totals(nowMs);
    return {
      startedMs,
      endedMs,
      runs: [...this.#runs.kept],
      passes: this.#passes.records(),
      tasks: this.#tasks.records(),
      dropped: {
        runs: this.#runs.dropped,
        passes: this.#passes.dropped,
        tasks: this.#tasks.dropped,
      },
      totals: {
        ...this.#runs.totals(),
        ...this.#passes.totals(),
        tasks: this.#tasks.count,
        wallMs,
        outsideMs,
      },
    };
  }

  loopEntered(loop: LoopView, host: HostKind): void {
    const nowMs = this.#now();
    this.#startedMs ??= nowMs;
    this.#stay.entered(host, nowMs);
    this.#loop = loop;
    if (this.#left !== undefined && this.#left.loop !== loop) this.#queue.forget(this.#left.lastId);
  }

  loopLeft(): void {
    this.#endThrown();
    const nowMs = this.#now();
    this.#passes.end(nowMs);
    this.#stay.left(nowMs);
    if (this.#loop !== undefined) this.#left = { loop: this.#loop, lastId: this.#queue.lastId };
    this.#loop = undefined;
  }

  handleCreated(handle: Handle): void {
    const { kind } = handle;
    const isAwaited = kind === 'timer' || kind === 'reader' || kind === 'writer';
    if (isAwaited && this.#causeId !== undefined) this.#creators.set(handle, this.#causeId);
    // A task has a place of its own.
    if (this.#takesPlaces && (kind !== 'step' || handle.wakesNative)) notePlace(handle);
  }

  handleEnqueued(handle: Handle): void {
    const nowMs = this.#now();
    this.#startedMs ??= nowMs;
    const task = handle.kind === 'step' ? this.#tasks.ofStep(handle) : undefined;
    this.#queue.add(handle, nowMs, this.#causeId ?? this.#creators.get(handle), task);
  }

  beforeIoWait(timeoutMs: Milliseconds): void {
    this.#endThrown();
    this.#wakerId = undefined;
    const nowMs = this.#now();
    this.#passes.end(nowMs, this.#queue.dropRest());
    this.#passes.begin(nowMs, timeoutMs);
    this.#stay.passBegins(nowMs);
  }

  afterIoWait(events: number): void {
    this.#passes.awake(this.#now(), events);
  }

  phaseEnded(phase: Phase): void {
    if (phase === 'due timers to the ready queue') {
      this.#passes.freeze(this.#now(), this.#queue.freeze(), this.#loop);
    } else if (phase === 'run what was ready') {
      this.#endThrown();
      const nowMs = this.#now();
      this.#passes.ran(nowMs);
      this.#stay.passPauses(nowMs);
    }
  }

  handleStarted(handle: Handle): void {
    this.#endThrown();
    this.#wakerId = undefined;
    const nowMs = this.#now();
    this.#stay.passBegins(nowMs);
    const queued = this.#queue.take(handle, nowMs);
    this.#passes.skipped(this.#queue.takeSkipped());
    const task = this.#tasks.find(queued.task);
    this.#running = {
      queued,
      taskName: task?.name,
      place: task?.place ?? placeOf(handle),
      pass: this.#passes.number,
      startedMs: nowMs,
    };
  }

  handleEnded(handle: Handle): void {
    this.#end(false);
    if (handle.wakesNative) this.#wakerId = this.#runs.lastId;
  }

  taskSpawned(task: TaskInfo): void {
    const place = this.#takesPlaces ? notePlace(task) : undefined;
    this.#tasks.spawned(task, place, this.#now());
  }

  taskStepped(task: TaskInfo): void {
    this.#tasks.stepped(task);
  }

  taskExited(task: TaskInfo): void {
    this.#tasks.exited(task, this.#now());
  }

  get #causeId(): number | undefined {
    return this.#running?.queued.id ?? this.#wakerId;
  }

  // A callback that throws is not told of by `handleEnded`; what comes next comes at once.
  #endThrown(): void {
    if (this.#running !== undefined) this.#end(true);
  }

  #end(threw: boolean): void {
    if (this.#running === undefined) return;
    const nowMs = this.#now();
    this.#runs.ended(this.#running, nowMs, threw);
    this.#passes.ran(nowMs);
    this.#running = undefined;
  }
}
