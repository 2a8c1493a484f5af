import type { Milliseconds } from '../../core/units.js';
import type { HandleKind } from '../handle.js';
import type { LoopRecord, RunRecord } from './record.js';

/** What a loop did, in a few numbers. The four times make up the wall time. */
export interface LoopSummary {
  readonly ticks: number;
  readonly wallMs: Milliseconds;
  /** In the selector, with nothing to do. */
  readonly asleepMs: Milliseconds;
  readonly callbacksMs: Milliseconds;
  /** The rest: the loop's own work, and what looking on costs. */
  readonly loopMs: Milliseconds;
  /** Between passes, in `loop.host`: Node's own loop has the thread, asleep or at work. */
  readonly outsideMs: Milliseconds;
  readonly callbacks: number;
  readonly callbacksByKind: Readonly<Record<HandleKind, number>>;
  /** Descriptors that were found ready. */
  readonly events: number;
  readonly tasksStarted: number;
  readonly timersFired: number;
  /** How long after their deadlines timers' callbacks began; `undefined` when none fired. */
  readonly lateness: { readonly meanMs: Milliseconds; readonly maxMs: Milliseconds } | undefined;
  readonly longest: RunRecord | undefined;
  /** Runs of callbacks that were counted but not kept. */
  readonly dropped: number;
}

/** The summary of a record. It is exact also where not everything was kept. */
export function summarize(record: LoopRecord): LoopSummary {
  const { totals } = record;
  const { wallMs, asleepMs, callbacksMs, outsideMs } = totals;
  const timersFired = totals.runs.timer;
  return {
    ticks: totals.passes,
    wallMs,
    asleepMs,
    callbacksMs,
    loopMs: Math.max(0, wallMs - asleepMs - callbacksMs - outsideMs),
    outsideMs,
    callbacks: Object.values(totals.runs).reduce((sum, count) => sum + count, 0),
    callbacksByKind: totals.runs,
    events: totals.events,
    tasksStarted: totals.tasks,
    timersFired,
    lateness:
      timersFired === 0
        ? undefined
        : { meanMs: totals.latenessSumMs / timersFired, maxMs: totals.latenessMaxMs },
    longest: totals.longest,
    dropped: record.dropped.runs,
  };
}

/** What ran, for people: `a step of the task main`, `a timer`, `the callback flush`. */
export function describeRun(run: Pick<RunRecord, 'kind' | 'name' | 'taskName'>): string {
  if (run.taskName !== undefined) return `a step of the task ${run.taskName}`;
  if (run.kind === 'step') return 'native code that awaits';
  const noun =
    run.kind === 'timer' || run.kind === 'callback' ? run.kind : `${run.kind}'s callback`;
  return run.name === '' ? `a ${noun}` : `the ${noun} ${run.name}`;
}
