import type { CallFailureCode } from '../core/call-failure.js';
import type { CallLog } from '../core/call-log.js';
import { LoadColumns } from '../core/load-columns.js';
import type { Milliseconds } from '../core/units.js';
import type { Recorder } from '../measure/recorder.js';
import { runBlockingLoop, runClosedLoop } from '../modes/closed-loop.js';
import { nodeClock } from '../modes/load-clock.js';
import type { LoadWork } from '../modes/load-work.js';
import { callsDue, runOpenLoop } from '../modes/open-loop.js';
import { Trouble } from '../modes/trouble.js';
import type { BlockingTask, Task } from '../tasks/task.js';
import type { LoadOrder } from './mode-protocol.js';

/** What is written down of a load run in the thread that makes the calls. */
export class LoadLog implements CallLog {
  readonly columns: LoadColumns;
  readonly trouble: Trouble = new Trouble();
  #lastEndMs: Milliseconds = 0;

  constructor({ layout, buffer }: LoadOrder) {
    this.columns = new LoadColumns(layout, buffer);
  }

  begin(index: number, startMs: Milliseconds): void {
    this.columns.begin(index, startMs);
  }

  end(index: number, endMs: Milliseconds, status: number, failure?: CallFailureCode): void {
    this.#lastEndMs = endMs;
    this.columns.end(index, endMs, status, failure);
    this.trouble.ended(endMs, status, failure);
  }

  /** Time that counts, when the run has ended after `elapsedMs`: to its planned end, or to that of the last call. */
  wallMs({ plan, layout: { intervalMs } }: LoadOrder, elapsedMs: Milliseconds): Milliseconds {
    const plannedMs = plan.durationMs ?? (plan.number ?? 0) * (intervalMs ?? 0);
    const { begun, neverBegun } = this.columns.tally();
    // The last call of a schedule is followed by an interval that belongs to it, though nothing is left to do.
    const isDone =
      intervalMs !== undefined && begun + neverBegun >= callsDue({ ...plan, intervalMs }, Infinity);
    return Math.max(this.#lastEndMs, isDone ? plannedMs : Math.min(plannedMs, elapsedMs));
  }
}

/** Makes the calls with the thread blocked. */
export function loadBlocking(
  { plan }: LoadOrder,
  task: BlockingTask,
  recorder: Recorder,
  log: LoadLog,
): void {
  runBlockingLoop(plan.durationMs ?? 0, () => recorder.elapsedMs(), {
    once: recorder.blocking(task.call),
    goesOn: () => !log.trouble.isHopeless(recorder.elapsedMs()),
    pauseMs: () => log.trouble.pauseMs(),
  });
}

/** Makes the calls with the thread free. Those that are still in flight at the end are given up. */
export async function loadAwaiting(
  { plan, layout }: LoadOrder,
  task: Task,
  recorder: Recorder,
  log: LoadLog,
): Promise<void> {
  const { intervalMs } = layout;
  const { concurrency, durationMs, number } = plan;
  const flights = new Flights(recorder.awaiting(task.call));
  const work: LoadWork = {
    clock: nodeClock(() => recorder.elapsedMs(), intervalMs ?? Infinity),
    once: flights.begin,
    goesOn: () => !recorder.isStopped && !log.trouble.isHopeless(recorder.elapsedMs()),
    pauseMs: () => log.trouble.pauseMs(),
    late: (byMs) => log.columns.late(byMs, recorder.elapsedMs()),
    neverBegun: (calls) => log.columns.neverBegun(calls),
    over: recorder.stopped,
  };
  if (intervalMs === undefined) {
    await runClosedLoop({ concurrency, durationMs: durationMs ?? 0 }, work);
  } else {
    await runOpenLoop({ intervalMs, concurrency, durationMs, number }, work);
  }
  recorder.stop();
  if (flights.inFlight === 0) return;
  task.close();
  await flights.landed();
}

/** The calls that are in flight. */
class Flights {
  inFlight = 0;
  readonly #once: (index: number) => Promise<void>;
  #onLanded = (): void => {};

  constructor(once: (index: number) => Promise<void>) {
    this.#once = once;
  }

  readonly begin = async (index: number): Promise<void> => {
    this.inFlight += 1;
    await this.#once(index);
    this.inFlight -= 1;
    if (this.inFlight === 0) this.#onLanded();
  };

  /** Resolves when none is in flight. */
  landed(): Promise<void> {
    return new Promise((resolve) => {
      this.#onLanded = resolve;
      if (this.inFlight === 0) resolve();
    });
  }
}
