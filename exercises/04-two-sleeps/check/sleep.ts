import type { Attempt, ObservedCall } from 'lwasync/learn';

// Node counts a timer in whole milliseconds of a clock that it read some time before.
const EARLY_MS = 2;
// A thread that is asleep takes less of the CPU than the one that looks at it every 5 ms, on a slow machine, too.
const LITTLE_CPU_MS = 3;
// Long enough to be found still going on, on a busy machine, too.
const LEFT_MS = 2000;

/** One sleep, and whether a thread computed meanwhile. */
export interface Sleep extends ObservedCall {
  readonly name: string;
  readonly ms: number;
  readonly isBusy: boolean;
}

/** Calls a function of the exercise for a sleep of `ms`. */
export async function sleepOnce(attempt: Attempt, name: string, ms: number): Promise<Sleep> {
  const before = attempt.pulse.threadCpuMs;
  const seen = await attempt.call(name, [ms]);
  const after = attempt.pulse.threadCpuMs;
  // What a new thread takes to start is no matter.
  const [watchingMs = 0, ...othersMs] = before.map((cpuMs, thread) => (after[thread] ?? 0) - cpuMs);
  // Elsewhere than on Linux only the CPU time of the whole process is told, with what the watching took.
  const isBusy =
    before.length > 0
      ? othersMs.some((cpuMs) => cpuMs > Math.max(watchingMs, LITTLE_CPU_MS))
      : seen.cpuMs > ms / 2;
  return { ...seen, name, ms, isBusy };
}

/** Whether the function is over before something that takes time, a timer say, which it has begun. */
export async function leavesSomething(attempt: Attempt, name: string): Promise<boolean> {
  await attempt.call(name, [LEFT_MS]);
  return (await attempt.open()).some(({ kind }) => kind !== 'PROMISE');
}

/** Whether a sleep was over before its time. */
export function isTooShort({ durationMs, ms }: Pick<Sleep, 'durationMs' | 'ms'>): boolean {
  return durationMs < ms - EARLY_MS;
}

/** The call, for a sentence: `sleepBlocking(10)`. */
export function called({ name, ms }: Pick<Sleep, 'name' | 'ms'>): string {
  return `${name}(${ms})`;
}

/** How long it took, for a sentence: `10.2 ms`. */
export function took({ durationMs }: Pick<Sleep, 'durationMs'>): string {
  return `${durationMs.toFixed(1)} ms`;
}
