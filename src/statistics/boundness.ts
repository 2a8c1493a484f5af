import type { BoundRun } from '../core/bound.js';
import type { Milliseconds } from '../core/units.js';

/** What the time went by with: mostly waiting for something else, mostly computing, or both. */
type BoundVerdict = 'io' | 'cpu' | 'mixed';

/** What a run is bound by and what follows from that. */
export interface Boundness {
  /** `undefined` when nothing was done, or nothing without failing. */
  readonly verdict: BoundVerdict | undefined;
  /** CPU time over wall time, at most 1. */
  readonly cpuShare: number;
  /** CPU time over wall time: more than 1 when several cores computed. */
  readonly coresUsed: number;
  /** Shares of what the main thread did; `undefined` where that is not known. */
  readonly computingShare: number | undefined;
  readonly blockedShare: number | undefined;
  readonly waitingShare: number | undefined;
  /** The wall time with a CPU twice as fast, and with everything else twice as fast. */
  readonly ifCpuTwiceAsFastMs: Milliseconds;
  readonly ifIoTwiceAsFastMs: Milliseconds;
  /** How many times faster asynchrony on one thread could be at best; `undefined` when the CPU time is too small to tell. */
  readonly ceiling: number | undefined;
}

// By wall time over CPU time: up to 1.5 a faster CPU is what helps most, from 10 on it helps nearly nothing.
const CPU_BOUND_RATIO = 1.5;
const IO_BOUND_RATIO = 10;
// A CPU time of fewer steps of its clock than this is off by more than a tenth.
const LEAST_STEPS = 10;

/** The verdict on a run. Computing and the rest are taken to follow each other, as on one thread. */
export function boundness(run: BoundRun): Boundness {
  const { wallMs, states } = run;
  const usedMs = run.userMs + run.systemMs;
  const cpuMs = Math.min(usedMs, wallMs);
  const ratio = wallMs / cpuMs;
  const total = states && states.computingMs + states.blockedMs + states.waitingMs;
  const shareOf = (partMs: number | undefined): number | undefined =>
    partMs === undefined || total === undefined || total === 0 ? undefined : partMs / total;
  return {
    verdict: run.failed === run.number ? undefined : verdictOf(ratio),
    cpuShare: wallMs === 0 ? 0 : cpuMs / wallMs,
    coresUsed: wallMs === 0 ? 0 : usedMs / wallMs,
    computingShare: shareOf(states?.computingMs),
    blockedShare: shareOf(states?.blockedMs),
    waitingShare: shareOf(states?.waitingMs),
    ifCpuTwiceAsFastMs: wallMs - cpuMs / 2,
    ifIoTwiceAsFastMs: wallMs - (wallMs - cpuMs) / 2,
    ceiling: usedMs < LEAST_STEPS * run.cpuResolutionMs ? undefined : ratio,
  };
}

function verdictOf(ratio: number): BoundVerdict {
  if (ratio < CPU_BOUND_RATIO) return 'cpu';
  return ratio > IO_BOUND_RATIO ? 'io' : 'mixed';
}
