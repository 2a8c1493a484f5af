import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import type { BoundRun } from '../core/bound.js';
import { formatDuration, formatShare } from '../core/format-units.js';

// From this share of the time on it is worth a sentence.
const NOTABLE_SHARE = 0.1;
// On a machine with room to spare a program waits for a core for less than this share of the time.
const BUSY_SHARE = 0.1;
const CPU_BOUND_SHARE = 2 / 3;

type SeenTimes = Pick<BoundRun, 'wallMs' | 'userMs' | 'systemMs' | 'withoutCoreMs'>;

/** What a busy machine did to a run: how long there was no core for it or, where that is not known, that there may have been none. */
export function coreNotes({ wallMs, userMs, systemMs, withoutCoreMs }: SeenTimes): string[] {
  if (withoutCoreMs !== undefined) {
    if (withoutCoreMs < wallMs * NOTABLE_SHARE) return [];
    return [
      `For ${formatDuration(withoutCoreMs)}, ${formatShare(withoutCoreMs / wallMs)} of the time, it could have computed and had no core: the machine is busy otherwise. That counts neither as computing nor as waiting.`,
    ];
  }
  const busy = busySentence();
  // Time without a core counts as waiting, so what is CPU bound all the same is beyond doubt.
  if (busy === undefined || userMs + systemMs > wallMs * CPU_BOUND_SHARE) return [];
  return [
    `${busy}, and how long this had no core is not known: it may have computed for a larger share of the time. Run it again when the machine is idle.`,
  ];
}

function busySentence(): string | undefined {
  const pressure = cpuPressure();
  if (pressure !== undefined) {
    if (pressure < BUSY_SHARE) return undefined;
    return `The machine is busy (something waited for a core ${formatShare(pressure)} of the last 10 s)`;
  }
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  return load > cores
    ? `The machine is busy (load ${load.toFixed(1)} on ${cores} cores)`
    : undefined;
}

/**
 * The share of the last ten seconds in which something waited for a core; `undefined` where the system does not tell.
 *
 * Source: Linux, Documentation/accounting/psi.rst: `some avg10` is in percent.
 */
function cpuPressure(): number | undefined {
  try {
    const [, percent] =
      /^some avg10=([\d.]+)/.exec(readFileSync('/proc/pressure/cpu', 'latin1')) ?? [];
    return percent === undefined ? undefined : Number(percent) / 100;
  } catch {
    return undefined;
  }
}
