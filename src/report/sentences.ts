import {
  formatCount,
  formatDuration,
  formatRatio,
  formatShare,
  formatSignificant,
} from '../core/format-units.js';
import type { CallFailureCount } from '../core/call-failure.js';
import type { Environment, Measurement, ModeRounds, Round, Run } from '../core/run.js';
import type { RatioEstimate } from '../statistics/ratio-estimate.js';
import { mergeFailures } from '../statistics/round-summary.js';
import type { Doubling, PairVerdict, Verdict } from '../statistics/verdict.js';
import { nounOf } from './what-is-counted.js';

/** The answers of a run, a sentence each: every mode against the baseline, the fastest first, then the doubling. */
export function verdictSentences(verdict: Verdict): string[] {
  const pairs = verdict.pairs.toSorted(
    (a, b) => (b.estimate?.ratio ?? 0) - (a.estimate?.ratio ?? 0),
  );
  const sentences = pairs.map((pair) => pairSentence(pair, verdict.baseline));
  if (verdict.doubling !== undefined) sentences.push(doublingSentence(verdict.doubling));
  return sentences;
}

/** Why modes were left out. */
export function leftOutSentences({ leftOut }: Run): string[] {
  return leftOut.map(({ mode, reason }) => `${mode} was left out: ${reason}.`);
}

/** Which won, and by how many times. */
export function pairSentence(pair: PairVerdict, baseline: string): string {
  const { name, estimate } = pair;
  if (estimate === undefined) {
    return `${name} against ${baseline}: no verdict, because calls failed in every pair of rounds.`;
  }
  const ideal = idealPhrase(pair);
  if (estimate.interval === undefined) {
    return (
      `${name} ran ${speed(estimate)} ${baseline} in ${estimate.pairs} ` +
      `${estimate.pairs === 1 ? 'round' : 'rounds'}, too few for an interval (3 are needed)${ideal}.`
    );
  }
  if (formatRatio(estimate.ratio) === '1.00x' && pair.difference !== 'none shown') {
    return `${name} against ${baseline}: no difference to speak of (1.00x, ${interval(estimate)}).`;
  }
  if (pair.difference === 'none shown') {
    return `${name} against ${baseline}: no difference shown (${formatRatio(estimate.ratio)}, ${interval(estimate)}).`;
  }
  return `${name} ran ${speed(estimate)} ${baseline} (${interval(estimate)})${ideal}.`;
}

/** Whether the factor is the same or twice as good with twice the number of calls. */
export function doublingSentence(doubling: Doubling): string {
  const { estimate, growth, how, number, name } = doubling;
  const factor =
    growth >= 1.9
      ? 'about twice as good'
      : growth >= 1.1
        ? `${formatSignificant(growth)} times as good, not twice`
        : growth > 0.9
          ? 'about the same'
          : `${formatSignificant(growth)} times as good, which is worse`;
  const source =
    how === 'measured'
      ? `measured${estimate.interval === undefined ? '' : `, ${interval(estimate)}`}`
      : 'predicted from the measured latency and time per call; --double measures it';
  return `Twice as many calls (${formatCount(number)}): ${name} ${formatRatio(estimate.ratio)}, a factor ${factor} (${source}).`;
}

/**
 * What the first rounds took, which had connections to set up and code to compile, and how many it took to get warm;
 * nothing without a warm-up.
 */
export function coldSentence(measurement: Measurement): string | undefined {
  const parts = measurement.modes.flatMap(({ name, warmup }: ModeRounds) => {
    const [first] = warmup;
    // An interrupted round took no time that could be told.
    if (first === undefined || first.calls.tally().ok < first.calls.number) return [];
    const warmed = warmup.length === 1 ? '' : `, warmed up in ${warmup.length} rounds`;
    return [`${name} ${formatDuration(first.wallMs)}${coldConnecting(first)}${warmed}`];
  });
  return parts.length === 0
    ? undefined
    : `Cold, the first round, not counted: ${parts.join('; ')}.`;
}

/** How much of a round went by while connections were being set up. */
export function connectingPhrase({ connecting }: Pick<Round, 'connecting'>): string {
  const { connections, durationMs } = connecting;
  if (connections === 0) return 'no new connection';
  const noun = connections === 1 ? 'connection' : 'connections';
  return `${formatCount(connections)} ${noun} set up in ${formatDuration(durationMs)}`;
}

/** With what and where something was measured. */
export function environmentSentence({
  version,
  environment,
}: {
  readonly version: string;
  readonly environment: Environment;
}): string {
  const { node, os, cpus, cpuModel } = environment;
  return `lwasync ${version}, Node ${node}, ${os}, ${cpus} CPUs (${cpuModel}).`;
}

/** What our own instruments cost a call. */
export function overheadSentence({ overhead }: Pick<Run, 'overhead'>): string {
  const bridge =
    overhead.blockingBridgeMs === undefined
      ? ''
      : ` and ${formatDuration(overhead.blockingBridgeMs)} for handing a blocking call to the thread that makes it`;
  return `Our own cost a call: ${formatDuration(overhead.recordingMs)} for recording${bridge}.`;
}

/** Every kind of failure of one mode, counted over all rounds, warm-up included. */
export function failureSentences(modes: readonly ModeRounds[]): string[] {
  return modes.flatMap((mode) => {
    const rounds = [...mode.warmup, ...mode.rounds];
    const made = rounds.reduce(
      (sum, { calls }) => sum + calls.tally().ok + calls.tally().failed,
      0,
    );
    return mergeFailures(rounds).map((failure) =>
      failureSentence(mode.name, failure, made, nounOf(mode.task)),
    );
  });
}

/** One kind of failure, out of so many calls made. */
export function failureSentence(
  name: string,
  failure: CallFailureCount,
  made: number,
  noun = 'call',
): string {
  return (
    `${formatCount(failure.count)} of ${formatCount(made)} ${name} ${noun}s failed, ` +
    `${failure.code}: ${failure.example}`
  );
}

// What one connects to is told where something connects at all.
function coldConnecting(round: Round): string {
  return round.connecting.connections === 0 ? '' : `, ${connectingPhrase(round)}`;
}

function idealPhrase({ ideal, efficiency }: PairVerdict): string {
  if (ideal === undefined) return '';
  return `; the ideal is ${formatRatio(ideal)}, ${formatShare(efficiency ?? 0)} of it was reached`;
}

function speed({ ratio, interval: bounds }: RatioEstimate): string {
  const faster = ratio >= 1;
  const times = formatSignificant(faster ? ratio : 1 / ratio);
  const halfWidth = bounds === undefined ? undefined : (bounds[1] - bounds[0]) / 2;
  // The half width of the interval of 1 / ratio is, to first order, that of the ratio divided by its square.
  const margin =
    halfWidth === undefined
      ? ''
      : ` ± ${formatMargin(faster ? halfWidth : halfWidth / ratio ** 2)}`;
  return `${times}${margin} times ${faster ? 'faster' : 'slower'} than`;
}

// A margin has one significant digit when it is small, so that a narrow interval does not read "± 0.00".
function formatMargin(margin: number): string {
  return margin < 0.1 ? Math.max(margin, 0.001).toPrecision(1) : formatSignificant(margin);
}

function interval({ interval: bounds }: RatioEstimate): string {
  if (bounds === undefined) return 'no interval';
  return `95 %: ${formatSignificant(bounds[0])} to ${formatSignificant(bounds[1])}`;
}
