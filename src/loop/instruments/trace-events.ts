import type { Milliseconds } from '../../core/units.js';
import type { LoopRecord, PassRecord, RunRecord, TaskRecord } from './record.js';
import { describeRun } from './summary.js';

/**
 * One event of the Trace Event Format, which https://ui.perfetto.dev and chrome://tracing show. `ts` and `dur` are in
 * microseconds. The letters of `ph`: X a span, s and f the ends of an arrow, C counters, M the name of a track.
 */
export interface TraceEvent {
  readonly ph: 'X' | 's' | 'f' | 'C' | 'M';
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  readonly cat?: string;
  readonly dur?: number;
  readonly id?: number;
  /** An arrow ends at the span around it. */
  readonly bp?: 'e';
  readonly args?: Readonly<Record<string, unknown>>;
}

const PROCESS = 1;
const LOOP_TRACK = 1;
const FIRST_TASK_TRACK = 10;

/**
 * A record as trace events, in the order of their times: one track for the loop, with what it spent asleep and every
 * callback; one for each task, with its life and its steps; an arrow from each run to what it caused; counters for the
 * ready queue, the timers and the tasks.
 */
export function toTraceEvents(record: LoopRecord): TraceEvent[] {
  const toMicros = (timeMs: Milliseconds): number =>
    Math.max(0, Math.round((timeMs - record.startedMs) * 1e6) / 1e3);
  const tasks = new Map(record.tasks.map((task) => [task.id, task]));
  const trackOf = (run: RunRecord): number =>
    run.task !== undefined && tasks.has(run.task) ? FIRST_TASK_TRACK + run.task : LOOP_TRACK;
  const span = (track: number, name: string, startMs: Milliseconds, endMs: Milliseconds) => ({
    ph: 'X' as const,
    ts: toMicros(startMs),
    dur: Math.round((toMicros(endMs) - toMicros(startMs)) * 1e3) / 1e3,
    pid: PROCESS,
    tid: track,
    name,
  });

  const ofPass = (pass: PassRecord): TraceEvent[] => [
    {
      ...span(LOOP_TRACK, 'select', pass.startedMs, pass.startedMs + pass.asleepMs),
      cat: 'loop',
      args: { pass: pass.number, timeoutMs: forJson(pass.timeoutMs), events: pass.events },
    },
    ...(['ready', 'timers', 'tasks'] as const).map((key) => ({
      ph: 'C' as const,
      ts: toMicros(pass.frozenMs),
      pid: PROCESS,
      tid: LOOP_TRACK,
      name: key === 'ready' ? 'ready queue' : key,
      args: { [key]: pass[key] },
    })),
  ];

  const ofRun = (run: RunRecord): TraceEvent[] => {
    const event = {
      ...span(LOOP_TRACK, describeRun(run), run.startedMs, run.endedMs),
      cat: run.kind,
    };
    const args = {
      run: run.id,
      cause: run.cause ?? null,
      pass: run.pass,
      waitedMs: run.startedMs - run.enqueuedMs,
      ...(run.latenessMs === undefined ? {} : { latenessMs: run.latenessMs }),
      ...(run.place === undefined ? {} : { place: run.place }),
      ...(run.threw ? { threw: true } : {}),
    };
    const track = trackOf(run);
    const onLoop = { ...event, args };
    return track === LOOP_TRACK ? [onLoop] : [onLoop, { ...event, tid: track, name: 'step', args }];
  };

  const byId = new Map(record.runs.map((run) => [run.id, run]));
  const ofCause = (run: RunRecord): TraceEvent[] => {
    const cause = run.cause === undefined ? undefined : byId.get(run.cause);
    if (cause === undefined) return [];
    // A timer is caused by the run that set it, and gets in line long after that one's end.
    const leavesMs = Math.min(run.enqueuedMs, cause.endedMs);
    const arrow = { pid: PROCESS, name: 'causes', cat: 'cause', id: run.id };
    return [
      { ...arrow, ph: 's', ts: toMicros(leavesMs), tid: trackOf(cause) },
      { ...arrow, ph: 'f', bp: 'e', ts: toMicros(run.startedMs), tid: trackOf(run) },
    ];
  };

  const lastSteps = new Map<number, Milliseconds>();
  for (const run of record.runs) if (run.task !== undefined) lastSteps.set(run.task, run.endedMs);
  const ofTask = (task: TaskRecord): TraceEvent[] => {
    // A task is done some moments before the step that it ends in is.
    const exitedMs = task.exitedMs ?? record.endedMs;
    const endMs = Math.max(exitedMs, lastSteps.get(task.id) ?? exitedMs);
    const args = { task: task.id, parent: task.parent ?? null, place: task.place ?? null };
    const track = FIRST_TASK_TRACK + task.id;
    return [{ ...span(track, task.name, task.spawnedMs, endMs), cat: 'task', args }];
  };

  const names = [
    trackName(LOOP_TRACK, 'event loop'),
    ...record.tasks.map(({ id, name }) => trackName(FIRST_TASK_TRACK + id, `task ${id} ${name}`)),
  ];
  const events = [
    ...record.passes.flatMap(ofPass),
    ...record.runs.flatMap(ofRun),
    ...record.tasks.flatMap(ofTask),
    ...record.runs.flatMap(ofCause),
  ];
  // Of spans that begin together, the one around the others comes first.
  return [...names, ...events.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))];
}

function trackName(track: number, name: string): TraceEvent {
  return { ph: 'M', ts: 0, pid: PROCESS, tid: track, name: 'thread_name', args: { name } };
}

// JSON has no infinity.
function forJson(timeoutMs: Milliseconds): number | string {
  return timeoutMs === Infinity ? 'for ever' : timeoutMs;
}
