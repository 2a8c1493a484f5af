import type { CallFailureCount } from '../core/call-failure.js';
import { toSeconds } from '../core/format-units.js';
import type { SweepRun } from '../core/sweep.js';
import type { Milliseconds, Seconds } from '../core/units.js';
import type { ScalingFit, ScalingModel } from '../statistics/scaling-models.js';
import { mergeFailures } from '../statistics/round-summary.js';
import { judgeSweep, type JudgedLevel, type SweepVerdict } from '../statistics/sweep-verdict.js';
import { sweepSentences } from './sweep-sentences.js';

/** A sweep as one JSON document, times in seconds; its form is `schemas/sweep.schema.json`. */
export function sweepDocument(run: SweepRun): object {
  const { version, environment, task, mode, over, limits, warnings, interrupted } = run;
  const verdict = judgeSweep(run);
  return {
    schema: 'lwasync.sweep/1',
    version,
    environment,
    task,
    mode,
    over,
    most: run.most,
    limits: { ...limits, threads: limits.threads ?? null },
    levels: (verdict?.levels ?? []).map((level) => levelDocument(level)),
    model: verdict === undefined ? null : modelDocument(verdict.fit),
    stop: verdict === undefined ? null : stopDocument(verdict),
    ceiling: verdict?.ceiling ?? null,
    proof: proofDocument(run, verdict),
    sentence: verdict === undefined ? '' : sweepSentences(run, verdict).join(' '),
    failures: failureDocument(mergeFailures(run.levels.flatMap(({ rounds }) => rounds))),
    warnings,
    interrupted,
  };
}

function levelDocument(level: JudgedLevel): object {
  const { latency } = level;
  return {
    concurrency: level.concurrency,
    number: level.number,
    rounds: level.rounds,
    throughput: level.throughput,
    throughputs: level.throughputs,
    gain: level.gain,
    ideal: level.ideal,
    seconds: toSeconds(level.wallMs),
    latency:
      latency === undefined
        ? null
        : {
            p50: toSeconds(latency.p50),
            p90: toSeconds(latency.p90),
            p99: toSeconds(latency.p99),
            max: toSeconds(latency.max),
          },
    maxInFlight: level.maxInFlight,
    failures: failureDocument(level.failures),
    cpuSeconds: toSeconds(level.cpuMs),
    threadCpuShare: level.threadShare ?? null,
    threadQueuedShare: level.queuedShare ?? null,
    eventLoopUtilization: level.loopShare ?? null,
    eventLoopDelayMax: seconds(level.loopDelayMaxMs),
    poolWait: seconds(level.poolWaitMs),
    serverQueue: seconds(level.serverQueueMs),
    bytesPerCall: level.bytesPerCall,
    connections: level.connections,
  };
}

function failureDocument(failures: readonly CallFailureCount[]): object[] {
  return failures.map(({ code, count, example }) => ({ code, count, example }));
}

function seconds(duration: Milliseconds | undefined): Seconds | null {
  return duration === undefined ? null : toSeconds(duration);
}

function modelDocument(fit: ScalingFit): object {
  if (fit.better === undefined) return { kind: null, reason: fit.reason };
  return { ...oneModel(fit.better), other: oneModel(fit.other) };
}

function oneModel({ kind, residual, ...parameters }: ScalingModel): object {
  const finite = Object.fromEntries(
    // A cap that no level came up against is none.
    Object.entries(parameters).map(([name, value]) => [
      name,
      Number.isFinite(value) ? value : null,
    ]),
  );
  return { kind, parameters: finite, residual };
}

function stopDocument({ stop, atStop, cause }: SweepVerdict): object {
  const found = stop.at !== undefined;
  return {
    concurrency: found ? atStop.concurrency : null,
    number: found ? atStop.number : null,
    range: stop.range,
    gain: atStop.gain,
    cause: cause.name,
    certain: cause.certain,
    evidence: cause.evidence,
  };
}

function proofDocument({ proof }: SweepRun, verdict: SweepVerdict | undefined): object | null {
  if (typeof proof === 'string') return { change: null, reason: proof };
  const judged = verdict?.proof;
  if (proof === undefined || judged === undefined || typeof judged === 'string') return null;
  return {
    change: proof.change,
    ratio: judged.estimate?.ratio ?? null,
    ci95: judged.estimate?.interval ?? null,
    result: judged.result,
  };
}
