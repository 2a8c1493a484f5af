import { formatCount, formatDuration, formatShare } from '../core/format-units.js';
import { cpuMsOf, type ModeRounds, type Round } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { FEWEST_FOR_OUTLIERS, findOutliers, type Outlier } from './outliers.js';
import { completeRounds } from './round-summary.js';
import { median, sortSamples } from './sorted-samples.js';

// Rounds that differ by more than this deserve a word even where there are too few to say which is odd.
const WIDE_RANGE = 0.1;
// What explains at least this much of the extra time is named as its reason.
const ENOUGH = 0.5;

/** The rounds of a contender that took much longer or shorter than its others, and why, as far as the rounds tell. */
export function outlierRemarks(mode: ModeRounds): string[] {
  const rounds = completeRounds(mode);
  const walls = rounds.map((round) => round.wallMs);
  const outliers = findOutliers(walls);
  if (outliers === undefined) return tooFew(mode.name, walls);
  return outliers.flatMap((outlier) => {
    const round = rounds[outlier.index];
    return round === undefined ? [] : [remark(mode, outlier, round, rounds)];
  });
}

function tooFew(name: string, walls: readonly Milliseconds[]): string[] {
  const range = Math.max(...walls) / Math.min(...walls) - 1;
  if (walls.length < 2 || range <= WIDE_RANGE) return [];
  return [
    `${name}: its ${walls.length} rounds differ by ${formatShare(range)}; ${FEWEST_FOR_OUTLIERS} are needed to say which is the ` +
      `exception (-r ${FEWEST_FOR_OUTLIERS}).`,
  ];
}

function remark(
  { name }: ModeRounds,
  { index, offBy }: Outlier,
  round: Round,
  rounds: readonly Round[],
): string {
  const others = rounds.filter((other) => other !== round);
  const size = `${formatShare(Math.abs(offBy))} ${offBy > 0 ? 'longer' : 'shorter'} than its others`;
  return `Round ${index + 1} of ${name} counts, but took ${size} (${formatDuration(round.wallMs)}): ${reason(round, others)}.`;
}

function reason(round: Round, others: readonly Round[]): string {
  const { connecting, resources } = round;
  const typical = (value: (other: Round) => number | undefined): number =>
    median(sortSamples(others.flatMap((other) => value(other) ?? []))) ?? 0;
  const extraMs = round.wallMs - typical((other) => other.wallMs);
  const explains = (partMs: Milliseconds): boolean => extraMs > 0 && partMs >= ENOUGH * extraMs;
  const { failed } = round.calls.tally();
  if (failed > typical((other) => other.calls.tally().failed)) {
    return failed === 1 ? '1 of its calls failed' : `${formatCount(failed)} of its calls failed`;
  }
  if (connecting.connections > 0 && explains(connecting.durationMs)) {
    const noun = connecting.connections === 1 ? 'connection' : 'connections';
    return `${formatCount(connecting.connections)} ${noun} had to be set up again, which took ${formatDuration(connecting.durationMs)}`;
  }
  const cpuMs = cpuMsOf(round) - typical(cpuMsOf);
  if (explains(cpuMs)) {
    return `this process computed ${formatDuration(cpuMs)} more in it, as the compiler or the garbage collector does now and then`;
  }
  const queueMs =
    (resources.serverQueueMs ?? 0) - typical((other) => other.resources.serverQueueMs);
  if (explains(queueMs)) {
    return `a call waited ${formatDuration(queueMs)} longer in the queue of the server`;
  }
  const delayMs = resources.loop?.delayMaxMs ?? 0;
  if (explains(delayMs - typical((other) => other.resources.loop?.delayMaxMs))) {
    return `something kept the event loop for ${formatDuration(delayMs)}`;
  }
  return 'nothing in this process tells why, which leaves the server and other programs on this machine; run it again on an idle machine, or with more --rounds';
}
