import type { CallColumns } from '../core/call-columns.js';
import type { CallFailureCount } from '../core/call-failure.js';
import { toSeconds } from '../core/format-units.js';
import type { Measurement, ModeRounds, Round, Run } from '../core/run.js';
import type { Milliseconds, Seconds } from '../core/units.js';
import { completeRounds, mergeFailures, summarize } from '../statistics/round-summary.js';
import type { RatioEstimate } from '../statistics/ratio-estimate.js';
import { remarksOn } from '../statistics/remarks.js';
import { median, sortSamples } from '../statistics/sorted-samples.js';
import { eventLoopUtilization, threadShares } from '../statistics/thread-states.js';
import { judge, type Verdict } from '../statistics/verdict.js';
import { whyOf } from '../statistics/why.js';
import { verdictSentences } from './sentences.js';

/** A comparison as one JSON document, times in seconds; its form is `schemas/compare.schema.json`. */
export function compareDocument(run: Run, everyCall: boolean): object {
  const { environment, measured, doubled, overhead, version, tasks, leftOut } = run;
  const verdict = judge(run);
  return {
    schema: 'lwasync.compare/1',
    version,
    environment,
    tasks,
    leftOut,
    number: measured.number,
    concurrency: run.concurrency ?? null,
    rounds: Math.max(0, ...measured.modes.map((mode) => completeRounds(mode).length)),
    modes: measured.modes.map((mode) => modeDocument(mode, everyCall)),
    ...(doubled === undefined ? {} : { doubled: doubledDocument(doubled, everyCall) }),
    verdict: verdict === undefined ? null : verdictDocument(verdict),
    why: (verdict === undefined ? undefined : whyOf(run, verdict)) ?? null,
    remarks: remarksOn(run),
    overhead: {
      blockingBridge: secondsOrNull(overhead.blockingBridgeMs),
      recording: toSeconds(overhead.recordingMs),
    },
    warnings: run.warnings,
    interrupted: run.interrupted,
  };
}

function doubledDocument(measurement: Measurement, everyCall: boolean): object {
  return {
    number: measurement.number,
    modes: measurement.modes.map((mode) => modeDocument(mode, everyCall)),
  };
}

function modeDocument(mode: ModeRounds, everyCall: boolean): object {
  const summary = summarize(mode);
  const rounds = completeRounds(mode);
  const latency = summary?.latency;
  const cold = mode.warmup[0] ?? mode.rounds[0];
  return {
    name: mode.name,
    mode: mode.mode,
    task: mode.task.text,
    concurrency: mode.concurrency,
    seconds: rounds.map((round) => toSeconds(round.wallMs)),
    median: secondsOrNull(summary?.medianMs),
    calls: { ok: summary?.ok ?? 0, failed: summary?.failed ?? 0 },
    failures: failuresDocument(summary?.failures ?? []),
    maxInFlight: summary?.maxInFlight ?? 0,
    latency:
      latency === undefined
        ? null
        : {
            p50: toSeconds(latency.p50),
            p90: toSeconds(latency.p90),
            p99: toSeconds(latency.p99),
            max: toSeconds(latency.max),
          },
    cpuSeconds: secondsOrNull(summary?.cpuMs),
    cpuUserSeconds: medianSeconds(rounds, ({ resources }) => resources.userMs),
    cpuSystemSeconds: medianSeconds(rounds, ({ resources }) => resources.systemMs),
    eventLoopUtilization: eventLoopUtilization(rounds) ?? null,
    threadShares: threadShares(rounds) ?? null,
    warmup: {
      seconds: mode.warmup.map((round) => toSeconds(round.wallMs)),
      failures: failuresDocument(mergeFailures(mode.warmup)),
    },
    connecting:
      cold === undefined
        ? null
        : {
            connections: cold.connecting.connections,
            seconds: toSeconds(cold.connecting.durationMs),
          },
    ...(everyCall ? { everyCall: rounds.map((round) => columnsDocument(round.calls)) } : {}),
  };
}

function medianSeconds(
  rounds: readonly Round[],
  value: (round: Round) => Milliseconds,
): number | null {
  const middle = median(sortSamples(rounds.map((round) => value(round))));
  return secondsOrNull(middle);
}

function failuresDocument(failures: readonly CallFailureCount[]): object[] {
  return failures.map(({ code, count, example }) => ({ code, count, example }));
}

function columnsDocument(calls: CallColumns): object {
  const indexes = Array.from({ length: calls.number }, (_, index) => index);
  const moments = indexes.map((index) => calls.moments(index));
  return {
    start: indexes.map((index) => toSeconds(calls.startMs[index] ?? 0)),
    seconds: indexes.map((index) => toSeconds(calls.durationMs[index] ?? 0)),
    status: indexes.map((index) => calls.status[index] ?? 0),
    outcome: indexes.map((index) => calls.outcome(index)),
    connected: moments.map((moment) => secondsOrNull(moment?.connectedMs)),
    firstByte: moments.map((moment) => secondsOrNull(moment?.firstByteMs)),
  };
}

function secondsOrNull(duration: Milliseconds | undefined): Seconds | null {
  return duration === undefined ? null : toSeconds(duration);
}

function verdictDocument(verdict: Verdict): object {
  const { doubling } = verdict;
  return {
    fastest: verdict.fastest,
    baseline: verdict.baseline,
    pairs: verdict.pairs.map((pair) => ({
      name: pair.name,
      ...ratioDocument(pair.estimate),
      ideal: pair.ideal ?? null,
      efficiency: pair.efficiency ?? null,
    })),
    doubling:
      doubling === undefined
        ? null
        : {
            name: doubling.name,
            number: doubling.number,
            ...ratioDocument(doubling.estimate),
            how: doubling.how,
          },
    sentence: verdictSentences(verdict).join(' '),
  };
}

function ratioDocument(estimate: RatioEstimate | undefined): object {
  return { ratio: estimate?.ratio ?? null, ci95: estimate?.interval ?? null };
}
