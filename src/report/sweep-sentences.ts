import {
  formatCount,
  formatDuration,
  formatRatio,
  formatShare,
  formatSignificant,
} from '../core/format-units.js';
import type { SweepRun } from '../core/sweep.js';
import { failedPhrase } from '../statistics/level-summary.js';
import { peakOf, type ScalingModel } from '../statistics/scaling-models.js';
import { mergeFailures } from '../statistics/round-summary.js';
import type { CauseName } from '../statistics/stop-cause.js';
import type { ProofVerdict, SweepVerdict } from '../statistics/sweep-verdict.js';

/** What stopped the gain, in a few words. */
const CAUSES: Readonly<Record<CauseName, string>> = {
  'rate-limit': 'the server, which limits the rate of calls',
  'client-cpu': "this process's CPU: the one thread that makes the calls is busy",
  cores: 'the cores of this machine, which are busy',
  blocked: 'the task, which blocks its thread without computing',
  threadpool: 'a pool of threads that is full',
  connections: 'the limit on calls in flight',
  'too-few-calls': 'too few calls',
  'server-slots': 'the server, in which calls queue',
  bandwidth: 'bandwidth',
  server: 'whoever is called',
  latency: 'latency alone',
  unknown: 'not known',
};

/** The answer of a sweep, a sentence each: how much, up to where, at what cost beyond, why, and what a change proved. */
export function sweepSentences(run: SweepRun, verdict: SweepVerdict): string[] {
  const { proof } = verdict;
  return [
    gainSentence(run, verdict),
    ...beyondSentence(run, verdict),
    causeSentence(verdict),
    ...modelSentence(verdict),
    ...ceilingSentence(run, verdict),
    ...(proof === undefined ? [] : [typeof proof === 'string' ? proof : proofSentence(proof)]),
  ];
}

function gainSentence(run: SweepRun, { stop, atStop, levels, failing }: SweepVerdict): string {
  const what = unitOf(run);
  const gain = formatRatio(atStop.gain);
  if (stop.at === undefined) {
    const last = levels.at(-1)?.at ?? 1;
    const ended =
      failing === undefined ? '' : `; with ${what(failing.at)} ${failedPhrase(failing)}`;
    return levels.length < 2
      ? `Only ${what(last)} was measured${ended}: that tells nothing about where the gain stops.`
      : `No stop found up to ${what(last)}: ${gain} the throughput of ${what(1)}, and still rising${ended}.`;
  }
  if (stop.at === 1) {
    return `Concurrency gains nothing: ${what(1)} has the throughput that more have, within 5 %.`;
  }
  const [low, high] = stop.range;
  const range = low === high ? '' : ` (between ${formatCount(low)} and ${formatCount(high)})`;
  return (
    `The gain stops at ${what(stop.at)}${range}: ${gain} the throughput of ${what(1)}, ` +
    `${formatSignificant(atStop.throughput)} calls/s.`
  );
}

function beyondSentence({ over }: SweepRun, { stop, atStop, beyond }: SweepVerdict): string[] {
  const [before, after] = [atStop.latency?.p50, beyond?.latency?.p50];
  // With more calls than are allowed in flight, none of them takes longer.
  if (over === 'number' || stop.at === undefined || beyond === undefined) return [];
  if (before === undefined || after === undefined) return [];
  const change = beyond.throughput / atStop.throughput - 1;
  const gained =
    Math.abs(change) < 0.01
      ? 'no more throughput'
      : `${formatShare(Math.abs(change))} ${change > 0 ? 'more' : 'less'} throughput`;
  return [
    `Beyond it more only buy latency: with ${formatCount(beyond.at)} in flight there is ${gained}, and a call takes ` +
      `${formatDuration(after)} instead of ${formatDuration(before)} (median).`,
  ];
}

function causeSentence({ cause, stop }: SweepVerdict): string {
  const words = CAUSES[cause.name];
  const lead =
    stop.at === undefined
      ? cause.name === 'latency'
        ? 'What limits it'
        : 'What it runs into'
      : 'What stops it';
  const likely = cause.certain || cause.name === 'unknown' ? '' : 'probably ';
  return `${lead}: ${likely}${words}. Evidence: ${cause.evidence}.`;
}

function modelSentence({ fit, levels, stop }: SweepVerdict): string[] {
  if (fit.better === undefined) return [];
  const last = levels.at(-1)?.at ?? 1;
  return [
    `Model: ${describeModel(fit.better, stop.at === undefined ? last : undefined)} fits better than ${nameOf(fit.other)} ` +
      `(off by ${formatShare(fit.better.residual)}, the other by ${formatShare(fit.other.residual)}).`,
  ];
}

/**
 * A model with its parameters, and where it has its most. Where no stop was found up to `rising`, that lies outside of what was
 * measured and is not told.
 */
function describeModel(model: ScalingModel, rising?: number): string {
  const peak = peakOf(model);
  const outside = rising !== undefined || !Number.isFinite(peak);
  const none = rising === undefined ? '' : ` up to ${formatCount(rising)}`;
  if (model.kind === 'cap') {
    const { a, b } = model;
    return outside
      ? `${formatSignificant(a)} c calls/s without a bend${none}`
      : `min(${formatSignificant(a)} c, ${formatSignificant(b)}) calls/s, with its bend at c = ${formatSignificant(peak)},`;
  }
  const [sigma, kappa] = [model.sigma, model.kappa].map((value) => Number(value.toPrecision(2)));
  const where = outside
    ? `without a peak${none}`
    : `with its peak at c = ${formatSignificant(peak)}`;
  return `the Universal Scalability Law (σ ${sigma}, κ ${kappa}, ${where})`;
}

function nameOf({ kind }: ScalingModel): string {
  return kind === 'cap' ? 'min(a c, b)' : 'the Universal Scalability Law';
}

function ceilingSentence(
  { mode }: SweepRun,
  { ceiling, cause, atStop, levels }: SweepVerdict,
): string[] {
  if (ceiling === undefined || mode === 'threads') return [];
  const computes =
    cause.name === 'client-cpu' && ceiling < 1.5 && (levels[0]?.loopShare ?? 1) > 0.9;
  const disturbed =
    atStop.gain > ceiling * 1.1 ? '; what is above it here is what other programs left' : '';
  return computes
    ? [
        `It is CPU bound: the ceiling of calls in flight on one thread is ${formatRatio(ceiling)}${disturbed}.`,
      ]
    : [];
}

/** What a change on our side did, and what follows. */
function proofSentence({ change, estimate, result }: ProofVerdict): string {
  if (estimate === undefined) return `Proof: ${change}: nothing shown, because calls failed.`;
  const bounds =
    estimate.interval === undefined
      ? 'too few rounds for an interval'
      : `95 %: ${formatSignificant(estimate.interval[0])} to ${formatSignificant(estimate.interval[1])}`;
  const conclusion = {
    'was the limit': 'that was the limit',
    'was not the limit': 'that was not the limit',
    'not shown': 'whether that was the limit is not shown',
  }[result];
  return `Proof: ${change}: ${formatSignificant(estimate.ratio)} times the throughput (${bounds}): ${conclusion}.`;
}

/** Names a level: `8 in flight`, or `20 calls`. */
function unitOf({ over }: SweepRun): (at: number) => string {
  return (at) =>
    over === 'number'
      ? `${formatCount(at)} ${at === 1 ? 'call' : 'calls'}`
      : `${formatCount(at)} in flight`;
}

/** Every kind of failure, counted over all rounds of all levels. */
export function sweepFailureSentences({ levels }: SweepRun): string[] {
  const rounds = levels.flatMap((level) => level.rounds);
  const made = rounds.reduce((sum, { calls }) => sum + calls.tally().ok + calls.tally().failed, 0);
  return mergeFailures(rounds).map(
    ({ code, count, example }) =>
      `${formatCount(count)} of ${formatCount(made)} calls failed, ${code}: ${example}`,
  );
}
