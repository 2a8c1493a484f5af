import { childrenCpuSeconds } from './children-cpu.js';
import { watchPeakMemory } from './peak-memory.js';
import type { Command } from './pinning.js';
import { complaintOf, runProgram, type ProgramLimits } from './process.js';
import type { Summary } from './summaries.js';

/** What came of a program from its start to its end, or why that tells nothing. */
export type WholeRun =
  | {
      readonly kind: 'ran';
      readonly requests: number;
      /** As the program itself has it, so that its start is not part of it. */
      readonly seconds: number;
      /** User and system time of the whole process. */
      readonly cpuSeconds: number;
      /** The most memory that it occupied; `undefined` where the system does not tell. */
      readonly peakBytes: number | undefined;
    }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * Runs a program that makes calls. One of which a call failed tells nothing.
 *
 * @throws the reason of `limits.signal` when it fires; the program is killed then.
 */
export async function runWhole(
  [file, ...words]: Command,
  read: (stdout: string) => Summary,
  limits: Omit<ProgramLimits, 'started'>,
): Promise<WholeRun> {
  let peak = (): number | undefined => undefined;
  const started = (pid: number): void => {
    peak = watchPeakMemory(pid);
  };
  const beforeS = childrenCpuSeconds();
  try {
    const result = await runProgram(file, words, { ...limits, started });
    const cpuSeconds = childrenCpuSeconds() - beforeS;
    const { requests, seconds, failed } = read(result.kind === 'ended' ? result.stdout : '');
    if (result.kind !== 'ended' || result.exitCode !== 0 || Number.isNaN(seconds)) {
      return { kind: 'none', reason: complaintOf(result) };
    }
    if (failed > 0) return { kind: 'none', reason: `${failed} requests failed` };
    return { kind: 'ran', requests, seconds, cpuSeconds, peakBytes: peak() };
  } finally {
    peak();
  }
}
