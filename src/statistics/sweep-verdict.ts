import type { ModeName } from '../core/run.js';
import type { SweepProof, SweepRun } from '../core/sweep.js';
import { failureShare, summarizeLevel, type LevelSummary } from './level-summary.js';
import { estimateRatio, type RatioEstimate } from './ratio-estimate.js';
import { fitScaling, type ScalingFit } from './scaling-models.js';
import { findCause, type StopCause } from './stop-cause.js';
import { findStop, idealGain, type Stop } from './stop-rule.js';

const MUCH_FAILED = 0.05;

/** One level against the first. */
export interface JudgedLevel extends LevelSummary {
  /** Its throughput over that of the first level. */
  readonly gain: number;
  /** What the gain would be if waiting were all there is. */
  readonly ideal: number;
}

/** What a change on our side did. */
export interface ProofVerdict {
  readonly change: string;
  /** Throughput with the change over throughput without; `undefined` when calls failed or too little was measured. */
  readonly estimate: RatioEstimate | undefined;
  /** Whether the change shows that this was the limit. */
  readonly result: 'was the limit' | 'was not the limit' | 'not shown';
}

/** The answer of a sweep. */
export interface SweepVerdict {
  readonly levels: readonly JudgedLevel[];
  readonly fit: ScalingFit;
  readonly stop: Stop;
  readonly cause: StopCause;
  /** The level at the stop, or the last one where there is no stop. */
  readonly atStop: JudgedLevel;
  /** About twice as far as the stop, where that was measured. */
  readonly beyond: JudgedLevel | undefined;
  /** The first level in which so many calls failed that it tells nothing of the gain; `undefined` where none did. */
  readonly failing: LevelSummary | undefined;
  /** Time of a call over its CPU time, with one in flight: the most that calls in flight on one thread could gain. */
  readonly ceiling: number | undefined;
  readonly proof: ProofVerdict | string | undefined;
}

/** Judges a sweep; `undefined` when not one level was measured in which a call ended well. */
export function judgeSweep(run: SweepRun): SweepVerdict | undefined {
  const summaries = run.levels
    .map((level) => summarizeLevel(level, run.over))
    .filter((summary) => summary !== undefined);
  const levels = judgeLevels(summaries);
  const failing = summaries.find((summary) => isBroken(summary, summaries));
  const stop = findStop(levels);
  const { task, mode, over, limits, most, environment } = run;
  const cause = findCause({
    kind: task.kind,
    mode,
    over,
    limits,
    most,
    cpus: environment.cpus,
    levels,
    failing,
    stop,
  });
  const last = levels.at(-1);
  if (last === undefined || cause === undefined) return undefined;
  const behind = levels.filter(({ at }) => stop.at !== undefined && at > stop.at);
  return {
    levels,
    fit: fitScaling(levels.map(({ at, throughput }) => ({ concurrency: at, throughput }))),
    stop,
    cause,
    atStop: levels.find(({ at }) => at === stop.at) ?? last,
    beyond: behind.find(({ at }) => at >= 2 * (stop.at ?? at)) ?? behind.at(-1),
    failing,
    ceiling: ceilingOf(mode, levels[0]),
    proof: typeof run.proof === 'object' ? judgeProof(run.proof) : run.proof,
  };
}

// A server that breaks under the load has a low throughput, which is no stop of the gain. One that always fails a share of
// its calls, or refuses those that are too many, is measured all the same.
function isBroken(level: LevelSummary, [first]: readonly LevelSummary[]): boolean {
  const usual = first === undefined ? 0 : failureShare(first);
  return level.throughput === 0 || failureShare(level) > usual + MUCH_FAILED;
}

/** The levels that tell of the gain, each against the first of them. */
function judgeLevels(summaries: readonly LevelSummary[]): JudgedLevel[] {
  const measured = summaries.filter((summary) => !isBroken(summary, summaries));
  const base = measured[0];
  if (base === undefined) return [];
  return measured.map((summary) => judgeLevel(summary, base));
}

function judgeLevel(level: LevelSummary, base: LevelSummary): JudgedLevel {
  const idealOf = ({ number, concurrency }: LevelSummary): number => idealGain(number, concurrency);
  return {
    ...level,
    gain: level.throughput / base.throughput,
    ideal: idealOf(level) / idealOf(base),
  };
}

/** Compares throughput before and after a change, round by round. */
export function judgeProof({ change, before, after }: SweepProof): ProofVerdict {
  const pairs = before.rounds.flatMap((round, index) => {
    const other = after.rounds[index];
    if (other === undefined) return [];
    const [was, is] = [round, other].map(({ calls, wallMs }) => calls.tally().ok / wallMs);
    return was !== undefined && is !== undefined && was > 0 && is > 0 ? [{ was, is }] : [];
  });
  if (pairs.length === 0) return { change, estimate: undefined, result: 'not shown' };
  const estimate = estimateRatio(
    pairs.map(({ is }) => is),
    pairs.map(({ was }) => was),
  );
  const [low, high] = estimate.interval ?? [0, Number.POSITIVE_INFINITY];
  const result = low > 1.05 ? 'was the limit' : high < 1.1 ? 'was not the limit' : 'not shown';
  return { change, estimate, result };
}

// On several threads there is no such bound: each computes for itself. While other programs have the cores a call takes
// longer, which is no time in which another could go on.
function ceilingOf(mode: ModeName, first: LevelSummary | undefined): number | undefined {
  if (mode === 'threads' || first === undefined || first.concurrency !== 1) return undefined;
  const { cpuShare, queuedShare = 0 } = first;
  return cpuShare > 0 ? Math.max(1, (1 - queuedShare) / cpuShare) : undefined;
}
