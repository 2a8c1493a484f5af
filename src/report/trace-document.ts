import { formatCount } from '../core/format-units.js';
import type { Measurement, Round, Run } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { inFlightSteps } from '../statistics/in-flight.js';
import { typicalRound } from './lanes.js';

import { countedIn, taskTitle } from './what-is-counted.js';

/**
 * One event of the Trace Event Format, which https://ui.perfetto.dev and chrome://tracing show; `ts` is in microseconds. The
 * letters of `ph`: b and e the ends of a span that may overlap others, C a counter, M the name of a process.
 */
interface CallTraceEvent {
  readonly ph: 'b' | 'e' | 'C' | 'M';
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  readonly cat?: string;
  /** Spans of the same id lie within one another. */
  readonly id?: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** A trace as its viewers read it. */
export interface CallTrace {
  readonly displayTimeUnit: 'ms';
  readonly otherData: Readonly<Record<string, string>>;
  readonly traceEvents: readonly CallTraceEvent[];
}

/** Viewers hold a trace in memory, and more than so many calls of a round nobody looks at. */
const MOST_CALLS = 20_000;

/**
 * One round of every contender, the one with the median wall time, as a trace: a process for each contender with a span for each
 * call, its parts within it where they are known, and a counter of the calls in flight. All rounds begin at 0, so that they
 * can be compared; they were made one after another.
 */
export function traceDocument(run: Run): CallTrace {
  const measurements = [run.measured, ...(run.doubled === undefined ? [] : [run.doubled])];
  const drawn = measurements.flatMap((measurement) => namedRounds(measurement));
  return {
    displayTimeUnit: 'ms',
    otherData: { lwasync: run.version, task: taskTitle(run), node: run.environment.node },
    traceEvents: drawn.flatMap(({ name, round }, index) => eventsOf(index + 1, name, round)),
  };
}

function namedRounds(measurement: Measurement): { name: string; round: Round }[] {
  const { modes, number } = measurement;
  return modes.flatMap((mode) => {
    const round = typicalRound(mode);
    if (round === undefined) return [];
    const first = number > MOST_CALLS ? `, the first ${formatCount(MOST_CALLS)}` : '';
    return [{ name: `${mode.name}, ${countedIn(measurement)}${first}`, round }];
  });
}

function eventsOf(pid: number, name: string, round: Round): CallTraceEvent[] {
  const { calls } = round;
  const track = { pid, tid: 1 };
  const shown = Math.min(calls.number, MOST_CALLS);
  return [
    { ph: 'M', ts: 0, ...track, name: 'process_name', args: { name } },
    { ph: 'M', ts: 0, ...track, name: 'process_sort_index', args: { sort_index: pid } },
    ...Array.from({ length: shown }, (_, index) => spansOf(track, round, index)).flat(),
    ...countersOf(track, round),
  ];
}

interface Track {
  readonly pid: number;
  readonly tid: number;
}

function spansOf(track: Track, { calls, wallMs }: Round, index: number): CallTraceEvent[] {
  const outcome = calls.outcome(index);
  if (outcome === 'not started') return [];
  const startMs = calls.startMs[index] ?? 0;
  const endMs = outcome === 'in flight' ? wallMs : startMs + (calls.durationMs[index] ?? 0);
  const id = `0x${(track.pid * 2 ** 32 + index).toString(16)}`;
  const at = (ph: 'b' | 'e', name: string, timeMs: Milliseconds): CallTraceEvent => ({
    ph,
    ts: toMicros(timeMs),
    ...track,
    name,
    cat: 'call',
    id,
  });
  const name = `call ${index + 1}`;
  const args = { outcome, status: calls.status[index] || null };
  const moments = calls.moments(index);
  const part = (title: string, fromMs: Milliseconds, toMs: Milliseconds): CallTraceEvent[] => [
    at('b', title, fromMs),
    at('e', title, toMs),
  ];
  const parts: CallTraceEvent[] = [];
  if (moments !== undefined) {
    const connectedMs = startMs + moments.connectedMs;
    const firstByteMs = startMs + moments.firstByteMs;
    parts.push(
      ...part('connect', startMs, connectedMs),
      ...part('wait', connectedMs, firstByteMs),
      ...part('receive', firstByteMs, endMs),
    );
  }
  return [{ ...at('b', name, startMs), args }, ...parts, at('e', name, endMs)];
}

function countersOf({ pid, tid }: Track, { calls, wallMs }: Round): CallTraceEvent[] {
  const steps = inFlightSteps(calls, wallMs).slice(0, 2 * MOST_CALLS);
  return steps.map(({ timeMs, inFlight }) => {
    const args = { calls: inFlight };
    return { ph: 'C', ts: toMicros(timeMs), pid, tid, name: 'in flight', args };
  });
}

// With the nanoseconds as decimals.
function toMicros(timeMs: Milliseconds): number {
  return Math.round(timeMs * 1e6) / 1e3;
}
