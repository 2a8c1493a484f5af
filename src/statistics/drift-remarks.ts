import { formatShare } from '../core/format-units.js';
import { cpuMsOf, type ModeRounds } from '../core/run.js';
import { findDrift, type Drift } from './drift.js';
import { completeRounds } from './round-summary.js';

/** Which contenders got steadily slower or faster while they were measured, and why, as far as the rounds tell. */
export function driftRemarks(modes: readonly ModeRounds[]): string[] {
  const drifting = modes.flatMap((mode) => {
    const drift = driftOf(completeRounds(mode).map((round) => round.wallMs));
    return drift === undefined ? [] : [{ mode, drift }];
  });
  const slower = drifting.filter(({ drift }) => drift.change > 0).length;
  const together = slower === 0 || slower === drifting.length;
  if (drifting.length > 1 && drifting.length === modes.length && together) {
    const changes = drifting.map(({ mode, drift }) => `${mode.name} ${amount(drift)}`).join(', ');
    return [
      `All got ${slower > 0 ? 'slower' : 'faster'} from the first round to the last (${changes}): this machine or the server changed. ` +
        'The ratios stand, since rounds are compared that were made side by side.',
    ];
  }
  return drifting.map(({ mode, drift }) => {
    const pace = drift.change > 0 ? 'slower' : 'faster';
    return `${mode.name} got ${amount(drift)} ${pace} from the first round to the last: ${reason(mode, drift)}.`;
  });
}

function reason(mode: ModeRounds, drift: Drift): string {
  const rounds = completeRounds(mode);
  const cpu = rounds.map((round) => cpuMsOf(round));
  const cpuChange = driftOf(cpu)?.change ?? 0;
  const cpuMs = cpuChange * (cpu[0] ?? 0);
  const wallMs = drift.change * (rounds[0]?.wallMs ?? 0);
  const isCpu = cpuMs / wallMs >= 0.5;
  if (drift.change < 0) {
    return isCpu
      ? 'it was still getting warm, as its falling CPU time shows; a longer --warmup helps'
      : 'its CPU time does not show why, which leaves caches of the server, or another program that ended';
  }
  return isCpu
    ? 'its CPU time grew along, so it keeps more and more, or the processor slowed down'
    : 'its CPU time did not grow along, which leaves the server and other programs on this machine';
}

function driftOf(values: readonly number[]): Drift | undefined {
  if (values.some((value) => value <= 0)) return undefined;
  const drift = findDrift(values);
  return typeof drift === 'string' ? undefined : drift;
}

function amount({ change }: Drift): string {
  return formatShare(Math.abs(change));
}
