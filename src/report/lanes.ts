import type { CallColumns } from '../core/call-columns.js';
import type { ModeRounds, Round } from '../core/run.js';
import { completeRounds } from '../statistics/round-summary.js';
import type { Milliseconds } from '../core/units.js';

/** One bar of a timeline: a call, or several that follow one another in number when there are too many to draw. */
export interface Lane {
  readonly first: number;
  readonly last: number;
  readonly startMs: Milliseconds;
  readonly endMs: Milliseconds;
  readonly failed: number;
  /** The moments between the parts of a single call, where it told of them. */
  readonly parts: LaneParts | undefined;
}

/** When a call had its connection and when its answer began to come. */
interface LaneParts {
  readonly connectedMs: Milliseconds;
  readonly firstByteMs: Milliseconds;
}

const MOST_LANES = 20;

/** The bars of a round, at most twenty; calls that were not begun have none. */
export function lanesOf(round: Round): Lane[] {
  const { calls } = round;
  const callsALane = Math.ceil(calls.number / MOST_LANES);
  const lanes: Lane[] = [];
  for (let first = 0; first < calls.number; first += callsALane) {
    const lane = laneOf(calls, first, Math.min(first + callsALane, calls.number) - 1, round.wallMs);
    if (lane !== undefined) lanes.push(lane);
  }
  return lanes;
}

/** The counted round whose wall time is the median; without a complete one, what there is of the first. */
export function typicalRound(rounds: ModeRounds): Round | undefined {
  const sorted = completeRounds(rounds).toSorted((a, b) => a.wallMs - b.wallMs);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? rounds.rounds[0] ?? rounds.warmup[0];
}

function laneOf(
  calls: CallColumns,
  first: number,
  last: number,
  wallMs: Milliseconds,
): Lane | undefined {
  let startMs = Number.POSITIVE_INFINITY;
  let endMs = Number.NEGATIVE_INFINITY;
  let failed = 0;
  for (let index = first; index <= last; index += 1) {
    const outcome = calls.outcome(index);
    if (outcome === 'not started') continue;
    const start = calls.startMs[index] ?? 0;
    const end = outcome === 'in flight' ? wallMs : start + (calls.durationMs[index] ?? 0);
    startMs = Math.min(startMs, start);
    endMs = Math.max(endMs, end);
    if (outcome !== 'ok' && outcome !== 'in flight') failed += 1;
  }
  if (endMs === Number.NEGATIVE_INFINITY) return undefined;
  const parts = first === last ? partsOf(calls, first) : undefined;
  return { first, last, startMs, endMs, failed, parts };
}

function partsOf(calls: CallColumns, index: number): LaneParts | undefined {
  const moments = calls.moments(index);
  const startMs = calls.startMs[index] ?? 0;
  return moments === undefined
    ? undefined
    : {
        connectedMs: startMs + moments.connectedMs,
        firstByteMs: startMs + moments.firstByteMs,
      };
}
