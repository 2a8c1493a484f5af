import { childrenCpuSeconds } from './children-cpu.js';
import { watchPeakMemory } from './peak-memory.js';
import type { Command } from './pinning.js';
import { complaintOf, runProgram, type ProgramLimits, type ProgramResult } from './process.js';
import type { Summary } from './summaries.js';

/** A program seen from outside, from its start to its end. */
export interface Observed {
  readonly result: ProgramResult;
  /** From before it is started until it has ended. */
  readonly wallSeconds: number;
  /** User and system time of the whole process. */
  readonly cpuSeconds: number;
  /** The most memory that it occupied; `undefined` where the system does not tell. */
  readonly peakBytes: number | undefined;
}

/**
 * Runs a program and looks at what it takes.
 *
 * @throws the reason of `limits.signal` when it fires; the program is killed then.
 */
export async function observe(
  [file, ...words]: Command,
  limits: Omit<ProgramLimits, 'started'>,
): Promise<Observed> {
  let peak = (): number | undefined => undefined;
  const started = (pid: number): void => {
    peak = watchPeakMemory(pid);
  };
  const beforeS = childrenCpuSeconds();
  const beganMs = performance.now();
  try {
    const result = await runProgram(file, words, { ...limits, started });
    const wallSeconds = (performance.now() - beganMs) / 1000;
    const cpuSeconds = childrenCpuSeconds() - beforeS;
    return { result, wallSeconds, cpuSeconds, peakBytes: peak() };
  } finally {
    peak();
  }
}

/** What came of a program that makes calls, or why that tells nothing. */
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
  command: Command,
  read: (stdout: string) => Summary,
  limits: Omit<ProgramLimits, 'started'>,
): Promise<WholeRun> {
  const { result, cpuSeconds, peakBytes } = await observe(command, limits);
  const { requests, seconds, failed } = read(result.kind === 'ended' ? result.stdout : '');
  if (result.kind !== 'ended' || result.exitCode !== 0 || Number.isNaN(seconds)) {
    return { kind: 'none', reason: complaintOf(result) };
  }
  if (failed > 0) return { kind: 'none', reason: `${failed} requests failed` };
  return { kind: 'ran', requests, seconds, cpuSeconds, peakBytes };
}
