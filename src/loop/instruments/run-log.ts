import type { Milliseconds } from '../../core/units.js';
import { Timer, type HandleKind } from '../handle.js';
import type { QueuedRun } from './queue-mirror.js';
import type { RunRecord, Totals } from './record.js';

/** A run that is going on. */
export interface OpenRun {
  readonly queued: QueuedRun;
  readonly taskName: string | undefined;
  readonly place: string | undefined;
  readonly pass: number;
  readonly startedMs: Milliseconds;
}

type RunTotals = Pick<
  Totals,
  'runs' | 'callbacksMs' | 'latenessSumMs' | 'latenessMaxMs' | 'longest'
>;

/** The runs: the first of them, and sums over all. */
export class RunLog {
  readonly kept: RunRecord[] = [];
  dropped = 0;
  lastId: number | undefined;
  lastMs: Milliseconds = -Infinity;
  readonly #limit: number;
  readonly #counts: Record<HandleKind, number> = {
    callback: 0,
    timer: 0,
    reader: 0,
    writer: 0,
    step: 0,
  };
  #callbacksMs: Milliseconds = 0;
  #latenessSumMs: Milliseconds = 0;
  #latenessMaxMs: Milliseconds = 0;
  #longest: RunRecord | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  ended(run: OpenRun, endedMs: Milliseconds, threw: boolean): void {
    const { id, handle, task, cause, enqueuedMs } = run.queued;
    const { taskName, place, pass, startedMs } = run;
    const { kind } = handle;
    const { name } = handle.callback;
    const latenessMs = handle instanceof Timer ? startedMs - handle.deadlineMs : undefined;
    // Spreading objects here would take ten times as long as all the rest.
    const record: RunRecord = {
      id,
      kind,
      name,
      task,
      taskName,
      place,
      cause,
      pass,
      enqueuedMs,
      startedMs,
      endedMs,
      latenessMs,
      threw,
    };
    if (this.kept.length < this.#limit) this.kept.push(record);
    else this.dropped += 1;
    this.lastId = id;
    this.lastMs = endedMs;
    this.#counts[kind] += 1;
    this.#callbacksMs += endedMs - startedMs;
    this.#latenessSumMs += latenessMs ?? 0;
    this.#latenessMaxMs = Math.max(this.#latenessMaxMs, latenessMs ?? 0);
    if (this.#longest === undefined || durationOf(record) > durationOf(this.#longest)) {
      this.#longest = record;
    }
  }

  totals(): RunTotals {
    return {
      runs: { ...this.#counts },
      callbacksMs: this.#callbacksMs,
      latenessSumMs: this.#latenessSumMs,
      latenessMaxMs: this.#latenessMaxMs,
      longest: this.#longest,
    };
  }
}

function durationOf(run: RunRecord): Milliseconds {
  return run.endedMs - run.startedMs;
}
