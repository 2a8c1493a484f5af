import type { BoundRun } from '../core/bound.js';
import type { Milliseconds } from '../core/units.js';

/** What the time went by with: mostly waiting for something else, mostly computing, or both. */
export type BoundVerdict = 'io' | 'cpu' | 'mixed';

/** What a run is bound by and what follows from that. */
export interface Boundness {
  /** `undefined` when nothing was done, or nothing without failing. */
  readonly verdict: BoundVerdict | undefined;
  /** CPU time over the wall time with a core, at most 1. */
  readonly cpuShare: number;
  /** CPU time over wall time: more than 1 when several cores computed. */
  readonly coresUsed: number;
  /** Shares of what the main thread did; `undefined` where that is not known. */
  readonly computingShare: number | undefined;
  readonly blockedShare: number | undefined;
  readonly waitingShare: number | undefined;
  /** The wall time with a CPU twice as fast, and with everything else twice as fast; the time without a core stays as it was. */
  readonly ifCpuTwiceAsFastMs: Milliseconds;
  readonly ifIoTwiceAsFastMs: Milliseconds;
  /** How many times faster asynchrony on one thread could be at best; `undefined` when the CPU time is too small to tell. */
  readonly ceiling: number | undefined;
}

// By wall time with a core over CPU time: up to 1.5 a faster CPU is what helps most, from 10 on it helps nearly nothing.
const CPU_BOUND_RATIO = 1.5;
const IO_BOUND_RATIO = 10;
// A CPU time of fewer steps of its clock than this is off by more than a tenth.
const LEAST_STEPS = 10;

/**
 * The verdict on a run. Computing and the rest are taken to follow each other, as on one thread. Time in which there was no core
 * for it says nothing about the program, and counts for neither.
 */
export function boundness(run: BoundRun): Boundness {
  const { wallMs, states } = run;
  const usedMs = run.userMs + run.systemMs;
  const cpuMs = Math.min(usedMs, wallMs);
  const withCoreMs = Math.max(wallMs - (run.withoutCoreMs ?? 0), cpuMs);
  const ratio = withCoreMs / cpuMs;
  const total = states && states.computingMs + states.blockedMs + states.waitingMs;
  const shareOf = (partMs: number | undefined): number | undefined =>
    partMs === undefined || total === undefined || total === 0 ? undefined : partMs / total;
  return {
    verdict: run.failed === run.number ? undefined : verdictOf(ratio),
    cpuShare: withCoreMs === 0 ? 0 : cpuMs / withCoreMs,
    coresUsed: wallMs === 0 ? 0 : usedMs / wallMs,
    computingShare: shareOf(states?.computingMs),
    blockedShare: shareOf(states?.blockedMs),
    waitingShare: shareOf(states?.waitingMs),
    ifCpuTwiceAsFastMs: wallMs - cpuMs / 2,
    ifIoTwiceAsFastMs: wallMs - (withCoreMs - cpuMs) / 2,
    ceiling: usedMs < LEAST_STEPS * run.cpuResolutionMs ? undefined : ratio,
  };
}

/** What something is bound by whose wall time is `ratio` times its CPU time. */
export function verdictOf(ratio: number): BoundVerdict {
  if (ratio < CPU_BOUND_RATIO) return 'cpu';
  return ratio > IO_BOUND_RATIO ? 'io' : 'mixed';
}
