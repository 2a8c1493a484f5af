import type { CallFailureCount } from '../core/call-failure.js';
import { formatShare } from '../core/format-units.js';
import { cpuMsOf, type Round } from '../core/run.js';
import type { SweepLevel, SweepOver } from '../core/sweep.js';
import type { Bytes, Milliseconds } from '../core/units.js';
import {
  latencies,
  maxInFlight,
  mergeFailures,
  summarizeLatency,
  type LatencySummary,
} from './round-summary.js';
import { median, sortSamples } from './sorted-samples.js';

/** The rounds of one level of a sweep in a few numbers; of what several rounds tell, the median. */
export interface LevelSummary {
  /** What is swept over: most calls in flight, or calls a round. */
  readonly at: number;
  readonly concurrency: number;
  /** Calls a round. */
  readonly number: number;
  /** Complete rounds. */
  readonly rounds: number;
  /** Completed calls a second of wall time, of each round. */
  readonly throughputs: readonly number[];
  readonly throughput: number;
  readonly wallMs: Milliseconds;
  /** Of the calls that ended well; `undefined` when none did. */
  readonly latency: LatencySummary | undefined;
  readonly maxInFlight: number;
  readonly failed: number;
  readonly failures: readonly CallFailureCount[];
  /** Calls that the server refused because there were too many. */
  readonly rateLimited: number;
  /** CPU time of this process over wall time: 1 is one core all the time. */
  readonly cpuShare: number;
  /** The same of a whole round, in milliseconds. */
  readonly cpuMs: Milliseconds;
  /** CPU time of the thread that makes the calls over wall time. */
  readonly threadShare: number | undefined;
  /** Time in which that thread could have run and had no core, over wall time. */
  readonly queuedShare: number | undefined;
  /** Share of the time in which its event loop ran something. */
  readonly loopShare: number | undefined;
  readonly loopDelayMaxMs: Milliseconds | undefined;
  readonly poolWaitMs: Milliseconds | undefined;
  readonly serverQueueMs: Milliseconds | undefined;
  /** Bytes of a body. */
  readonly bytesPerCall: Bytes;
  /** Connections opened in counted rounds. */
  readonly connections: number;
}

/** Share of the calls of a level that failed, those apart that were refused because there were too many. */
export function failureShare({ failed, rateLimited, number, rounds }: LevelSummary): number {
  return (failed - rateLimited) / (number * rounds);
}

/** `every call failed`, or the share that did. */
export function failedPhrase(level: LevelSummary): string {
  return level.throughput === 0
    ? 'every call failed'
    : `${formatShare(failureShare(level))} of the calls failed`;
}

/** Sums the complete rounds of a level up; `undefined` when there are none. */
export function summarizeLevel(level: SweepLevel, over: SweepOver): LevelSummary | undefined {
  const rounds = level.rounds.filter((round) => isComplete(round));
  if (rounds.length === 0) return undefined;
  const okOf = (round: Round): number => round.calls.tally().ok;
  const throughputs = rounds.map((round) => (okOf(round) / round.wallMs) * 1000);
  const middle = (of: (round: Round) => number): number =>
    median(sortSamples(rounds.map((round) => of(round)))) ?? 0;
  const known = (of: (round: Round) => number | undefined): number | undefined =>
    median(sortSamples(rounds.map((round) => of(round)).filter((value) => value !== undefined)));
  const ok = rounds.reduce((sum, round) => sum + okOf(round), 0);
  const bytes = rounds.reduce((sum, { resources }) => sum + resources.bytes, 0);
  const failures = mergeFailures(rounds);
  return {
    at: over === 'number' ? level.number : level.concurrency,
    concurrency: level.concurrency,
    number: level.number,
    rounds: rounds.length,
    throughputs,
    throughput: median(sortSamples(throughputs)) ?? 0,
    wallMs: middle(({ wallMs }) => wallMs),
    latency: summarizeLatency(latencies(rounds)),
    maxInFlight: Math.max(...rounds.map(({ calls }) => maxInFlight(calls))),
    failed: rounds.reduce((sum, { calls }) => sum + calls.tally().failed, 0),
    failures,
    rateLimited: failures.find(({ code }) => code === 'RATE_LIMITED')?.count ?? 0,
    cpuShare: middle((round) => cpuMsOf(round) / round.wallMs),
    cpuMs: middle((round) => cpuMsOf(round)),
    threadShare: known(({ resources, wallMs }) => share(resources.threadCpuMs, wallMs)),
    queuedShare: known(({ resources, wallMs }) => share(resources.threadQueuedMs, wallMs)),
    loopShare: known(({ resources: { loop } }) =>
      loop === undefined ? undefined : loop.activeMs / Math.max(loop.activeMs + loop.idleMs, 1e-9),
    ),
    loopDelayMaxMs: known(({ resources }) => resources.loop?.delayMaxMs),
    poolWaitMs: known(({ resources }) => resources.poolWaitMs),
    serverQueueMs: known(({ resources }) => resources.serverQueueMs),
    bytesPerCall: ok === 0 ? 0 : bytes / ok,
    connections: rounds.reduce((sum, { connecting }) => sum + connecting.connections, 0),
  };
}

function share(part: Milliseconds | undefined, wallMs: Milliseconds): number | undefined {
  return part === undefined ? undefined : part / wallMs;
}

// The last round of an interrupted sweep is not.
function isComplete({ calls }: Round): boolean {
  const { ok, failed } = calls.tally();
  return ok + failed === calls.number;
}
