import type { CallColumns } from '../core/call-columns.js';
import type { CallFailureCode, CallFailureCount } from '../core/call-failure.js';
import { cpuMsOf, type ContenderMode, type ModeRounds, type Round } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { median, percentile, sortSamples, type SortedSamples } from './sorted-samples.js';

/** Percentiles of the latency of the calls that ended well, in milliseconds. */
export interface LatencySummary {
  readonly p50: Milliseconds;
  readonly p90: Milliseconds;
  readonly p99: Milliseconds;
  readonly max: Milliseconds;
}

/** The rounds of one mode in a few numbers. */
export interface ModeSummary {
  /** What the contender is called. */
  readonly name: string;
  readonly mode: ContenderMode;
  readonly concurrency: number;
  /** Wall time of each complete round. */
  readonly wallMs: readonly Milliseconds[];
  readonly medianMs: Milliseconds;
  readonly minMs: Milliseconds;
  readonly maxMs: Milliseconds;
  /** Completed calls a second of wall time, over all counted rounds; failed calls are not completed. */
  readonly throughput: number;
  readonly ok: number;
  readonly failed: number;
  readonly failures: readonly CallFailureCount[];
  readonly maxInFlight: number;
  /** Over the calls of all counted rounds that ended well; `undefined` when none did. */
  readonly latency: LatencySummary | undefined;
  /** CPU time of a round: the median, since the compiler works in the background now and then. */
  readonly cpuMs: Milliseconds;
}

/** The counted rounds that were made to their end; the last one of an interrupted run was not. */
export function completeRounds({ rounds }: Pick<ModeRounds, 'rounds'>): Round[] {
  return rounds.filter(({ calls }) => calls.tally().ok + calls.tally().failed === calls.number);
}

/** Sums the complete rounds of a mode up; `undefined` when there are none. */
export function summarize(rounds: ModeRounds): ModeSummary | undefined {
  const counted = completeRounds(rounds);
  if (counted.length === 0) return undefined;
  const wallMs = counted.map((round) => round.wallMs);
  const sorted = sortSamples(wallMs);
  const totalMs = wallMs.reduce((sum, wall) => sum + wall, 0);
  const ok = counted.reduce((sum, round) => sum + round.calls.tally().ok, 0);
  return {
    name: rounds.name,
    mode: rounds.mode,
    concurrency: rounds.concurrency,
    wallMs,
    medianMs: median(sorted) ?? 0,
    minMs: sorted[0] ?? 0,
    maxMs: sorted.at(-1) ?? 0,
    throughput: (ok / totalMs) * 1000,
    ok,
    failed: counted.reduce((sum, round) => sum + round.calls.tally().failed, 0),
    failures: mergeFailures(counted),
    maxInFlight: counted.reduce((most, round) => Math.max(most, maxInFlight(round.calls)), 0),
    latency: summarizeLatency(latencies(counted)),
    cpuMs: median(sortSamples(counted.map((round) => cpuMsOf(round)))) ?? 0,
  };
}

/** The latencies of all calls that ended well, sorted. */
export function latencies(rounds: readonly Round[]): SortedSamples {
  const total = rounds.reduce((sum, round) => sum + round.calls.tally().ok, 0);
  const samples = new Float64Array(total);
  let filled = 0;
  for (const { calls } of rounds) {
    for (let index = 0; index < calls.number; index += 1) {
      if (calls.outcome(index) !== 'ok') continue;
      samples[filled] = calls.durationMs[index] ?? 0;
      filled += 1;
    }
  }
  return sortSamples(samples);
}

/** The percentiles people ask for first; `undefined` when there are no samples. */
export function summarizeLatency(samples: SortedSamples): LatencySummary | undefined {
  const p50 = percentile(samples, 0.5);
  const p90 = percentile(samples, 0.9);
  const p99 = percentile(samples, 0.99);
  const max = samples.at(-1);
  if (p50 === undefined || p90 === undefined || p99 === undefined || max === undefined) {
    return undefined;
  }
  return { p50, p90, p99, max };
}

/** The most calls that were in flight at one moment. A call that ends as another begins does not overlap it. */
export function maxInFlight(calls: CallColumns): number {
  const begins: number[] = [];
  const ends: number[] = [];
  for (let index = 0; index < calls.number; index += 1) {
    const outcome = calls.outcome(index);
    if (outcome === 'not started') continue;
    const start = calls.startMs[index] ?? 0;
    begins.push(start);
    ends.push(
      outcome === 'in flight' ? Number.POSITIVE_INFINITY : start + (calls.durationMs[index] ?? 0),
    );
  }
  const sortedBegins = sortSamples(begins);
  const sortedEnds = sortSamples(ends);
  let most = 0;
  let ended = 0;
  sortedBegins.forEach((start, begun) => {
    while ((sortedEnds[ended] ?? Number.POSITIVE_INFINITY) <= start) ended += 1;
    most = Math.max(most, begun + 1 - ended);
  });
  return most;
}

/** The kinds of failure over several rounds, most frequent first. */
export function mergeFailures(rounds: readonly Round[]): CallFailureCount[] {
  const merged = new Map<CallFailureCode, CallFailureCount>();
  for (const failure of rounds.flatMap((round) => round.failures)) {
    const known = merged.get(failure.code);
    const count = failure.count + (known?.count ?? 0);
    merged.set(failure.code, { ...failure, example: known?.example ?? failure.example, count });
  }
  return [...merged.values()].toSorted((a, b) => b.count - a.count);
}
