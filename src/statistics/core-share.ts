import type { Round } from '../core/run.js';

/**
 * The share (0 to 1) of the time in which the thread that makes the calls could have run and waited for a core, which others had;
 * `undefined` where the system does not tell.
 */
export function waitedForCore(rounds: readonly Round[]): number | undefined {
  let [queuedMs, computedMs] = [0, 0];
  for (const { resources } of rounds) {
    queuedMs += resources.threadQueuedMs ?? 0;
    computedMs += resources.threadCpuMs ?? 0;
  }
  return queuedMs + computedMs > 0 && computedMs > 0
    ? queuedMs / (queuedMs + computedMs)
    : undefined;
}
