import { formatCount, formatDuration, formatShare } from '../core/format-units.js';
import { cpuMsOf, type ModeRounds, type Round } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { FEWEST_FOR_OUTLIERS, findOutliers } from './outliers.js';
import { completeRounds } from './round-summary.js';
import { median, sortSamples } from './sorted-samples.js';

// Rounds that differ by more than this deserve a word even where there are too few to say which is odd.
const WIDE_RANGE = 0.1;
// What explains at least this much of the extra time is named as its reason.
const ENOUGH = 0.5;

/**
 * The rounds that took much longer or shorter than the others of their contender, and why, as far as the rounds tell; those
 * with the same reason in one sentence.
 */
export function outlierRemarks(modes: readonly ModeRounds[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const mode of modes) {
    const rounds = completeRounds(mode);
    for (const { index, offBy } of findOutliers(rounds.map((round) => round.wallMs)) ?? []) {
      const round = rounds[index];
      if (round === undefined) continue;
      const others = rounds.filter((other) => other !== round);
      const why = reason(round, others);
      byReason.set(why, [...(byReason.get(why) ?? []), phrase(mode.name, index, offBy, round)]);
    }
  }
  const odd = [...byReason].map(
    ([why, phrases]) => `Odd, and not left out: ${phrases.join(', ')}: ${why}.`,
  );
  return [...modes.flatMap((mode) => tooFew(mode)), ...odd];
}

function phrase(name: string, index: number, offBy: number, round: Round): string {
  const size = `${formatShare(Math.abs(offBy))} ${offBy > 0 ? 'longer' : 'shorter'}`;
  return `round ${index + 1} of ${name} took ${size} than its others (${formatDuration(round.wallMs)})`;
}

function tooFew(mode: ModeRounds): string[] {
  const walls = completeRounds(mode).map((round) => round.wallMs);
  const range = Math.max(...walls) / Math.min(...walls) - 1;
  if (walls.length < 2 || walls.length >= FEWEST_FOR_OUTLIERS || range <= WIDE_RANGE) return [];
  return [
    `${mode.name}: its ${walls.length} rounds differ by ${formatShare(range)}; ${FEWEST_FOR_OUTLIERS} are needed to say which is the ` +
      `exception (-r ${FEWEST_FOR_OUTLIERS}).`,
  ];
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
