import { formatCount, formatShare } from '../core/format-units.js';
import type { Measurement, ModeRounds, Run } from '../core/run.js';
import { driftRemarks } from './drift-remarks.js';
import { outlierRemarks } from './outlier-remarks.js';
import { completeRounds } from './round-summary.js';
import { eventLoopUtilization } from './thread-states.js';
import { warmthOf } from './warm-rounds.js';

// An event loop that is busy for longer has no time left in which an answer would be noticed at once.
const BUSY = 0.85;

/**
 * What may mislead in the numbers of a run, a sentence each, with the most likely reason: contenders that were not warm yet,
 * odd rounds, steady change, and where this process and not what it measures was the limit. Nothing is left out of the
 * numbers for it.
 */
export function remarksOn({ measured, doubled }: Run): string[] {
  if (doubled === undefined) return remarksIn(measured);
  return [measured, doubled].flatMap((measurement) => {
    const which = `With ${formatCount(measurement.number)} calls`;
    return remarksIn(measurement).map((remark) => `${which}: ${remark}`);
  });
}

function remarksIn({ modes }: Measurement): string[] {
  return [
    modes.flatMap((mode) => warmthRemarks(mode)),
    outlierRemarks(modes),
    driftRemarks(modes),
    modes.flatMap((mode) => limitRemarks(mode, modes)),
  ].flat();
}

function warmthRemarks(mode: ModeRounds): string[] {
  const warmth = warmthOf(mode);
  if (warmth.kind !== 'getting faster') return [];
  const last =
    mode.warmup.length === 1 ? 'the warm-up round' : `${mode.warmup.length} warm-up rounds`;
  return [
    `${mode.name} was still getting faster at the end of ${last} (by ${formatShare(warmth.share)}); a longer --warmup or --budget helps.`,
  ];
}

// Of what waits for something else only: a thread that has something to compute is meant to be busy.
function limitRemarks(mode: ModeRounds, modes: readonly ModeRounds[]): string[] {
  const waits = mode.task.kind === 'http' || mode.task.kind === 'sleep';
  if (!waits || (mode.mode !== 'async' && mode.mode !== 'loop')) return [];
  const busy = eventLoopUtilization(completeRounds(mode));
  if (busy === undefined || busy <= BUSY) return [];
  // Two tasks are compared in one mode, and go by other names.
  const loopIsNew =
    mode.task.kind === 'http' &&
    mode.name === 'async' &&
    modes.every((other) => other.mode !== 'loop');
  const cheaper = loopIsNew ? 'our own event loop takes less of it (--modes async,loop), and ' : '';
  return [
    `In ${mode.name} this process was busy ${formatShare(busy)} of the time: it, not what it waits for, may be the limit; ` +
      `${cheaper}a smaller --concurrency shows whether calls queue here.`,
  ];
}
