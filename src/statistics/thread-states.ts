import type { Round } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { median, sortSamples } from './sorted-samples.js';

/** How the thread that makes the calls spent a round: it computed, it was held without computing, or it waited and was free. */
export interface ThreadStates {
  readonly computingMs: Milliseconds;
  readonly blockedMs: Milliseconds;
  readonly waitingMs: Milliseconds;
}

/** The same as shares of the round, which sum up to 1. */
export interface ThreadShares {
  readonly computing: number;
  readonly blocked: number;
  readonly waiting: number;
}

/**
 * The three states of a round. CPU time of the thread is computing. Where an event loop runs, the time in which it ran
 * callbacks and the thread had no CPU is blocked, and the time in which the loop waited is waiting. A mode that blocks its
 * thread has no running loop: all that is not computing is blocked then.
 *
 * @returns `undefined` where the system does not tell the CPU time of a thread.
 */
export function threadStates({ wallMs, resources }: Round): ThreadStates | undefined {
  const { threadCpuMs, loop } = resources;
  if (threadCpuMs === undefined) return undefined;
  if (loop === undefined) {
    const computingMs = Math.min(threadCpuMs, wallMs);
    return { computingMs, blockedMs: wallMs - computingMs, waitingMs: 0 };
  }
  return {
    computingMs: threadCpuMs,
    blockedMs: Math.max(loop.activeMs - threadCpuMs, 0),
    waitingMs: loop.idleMs,
  };
}

/** The shares of the three states over several rounds; `undefined` where one of them tells nothing. */
export function threadShares(rounds: readonly Round[]): ThreadShares | undefined {
  const sum = { computingMs: 0, blockedMs: 0, waitingMs: 0 };
  for (const round of rounds) {
    const states = threadStates(round);
    if (states === undefined) return undefined;
    sum.computingMs += states.computingMs;
    sum.blockedMs += states.blockedMs;
    sum.waitingMs += states.waitingMs;
  }
  const total = sum.computingMs + sum.blockedMs + sum.waitingMs;
  if (total === 0) return undefined;
  return {
    computing: sum.computingMs / total,
    blocked: sum.blockedMs / total,
    waiting: sum.waitingMs / total,
  };
}

/** The share of its time in which the event loop ran callbacks, the median of the rounds; `undefined` where none ran. */
export function eventLoopUtilization(rounds: readonly Round[]): number | undefined {
  const shares = rounds.flatMap(({ resources: { loop } }) =>
    loop === undefined || loop.activeMs + loop.idleMs === 0
      ? []
      : [loop.activeMs / (loop.activeMs + loop.idleMs)],
  );
  return median(sortSamples(shares));
}
