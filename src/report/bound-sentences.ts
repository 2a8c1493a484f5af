import type { BoundRun } from '../core/bound.js';
import { formatDuration, formatShare, formatSignificant } from '../core/format-units.js';
import type { Milliseconds } from '../core/units.js';
import type { Boundness } from '../statistics/boundness.js';

const NAMES = { io: 'I/O bound', cpu: 'CPU bound', mixed: 'Mixed' } as const;

/** That it was not looked at to its end. */
export const STOPPED = 'Ended by Ctrl-C; this is what was seen so far.';

/** What it is bound by, and why. */
export function verdictSentence({ verdict, cpuShare }: Boundness): string {
  if (verdict === undefined) return 'No verdict: nothing was done without failing.';
  const [computed, not] = [formatShare(cpuShare), formatShare(1 - cpuShare)];
  const why =
    verdict === 'cpu'
      ? `${computed} of the time it computed`
      : verdict === 'io'
        ? `${not} of the time it waited or was blocked`
        : `${computed} of the time it computed, ${not} it waited or was blocked`;
  return `${NAMES[verdict]}: ${why}.`;
}

/** What ran, as its user writes it, and how many times. */
export function boundTitle({ kind, number, text }: BoundRun): string {
  return kind === 'task' ? `${number}x ${text}` : text;
}

/** How long it took, and how much of that on the CPU. */
export function timeSentence(run: BoundRun, { coresUsed }: Boundness): string {
  const cores = coresUsed > 1.05 ? `, ${formatSignificant(coresUsed)} cores used` : '';
  return (
    `${boundTitle(run)}: ${formatDuration(run.wallMs)}, CPU ${formatDuration(run.userMs)} user ` +
    `and ${formatDuration(run.systemMs)} system${cores}`
  );
}

/** The wall time with a CPU twice as fast, and with I/O twice as fast; a sentence each. */
export function projectionSentences({ wallMs }: BoundRun, bound: Boundness): string[] {
  return [
    projection('A CPU twice as fast', bound.ifCpuTwiceAsFastMs, wallMs),
    projection('I/O twice as fast', bound.ifIoTwiceAsFastMs, wallMs),
  ];
}

function projection(what: string, projectedMs: Milliseconds, wallMs: Milliseconds): string {
  const [then, before] = [formatDuration(projectedMs), formatDuration(wallMs)];
  return then === before
    ? `${what}: ${before} as before.`
    : `${what}: ${then} instead of ${before}.`;
}
