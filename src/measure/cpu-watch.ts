import type { Milliseconds } from '../core/units.js';
import { childrenCpuClock, type ChildrenCpuClock } from './children-cpu.js';

/** CPU time in user mode and in kernel mode. */
export interface CpuTime {
  readonly userMs: Milliseconds;
  readonly systemMs: Milliseconds;
}

/**
 * Watches the CPU time of this process from now on, and with `children` that of the commands that end meanwhile, where the
 * system tells. What it returns ends the watch and says how much it was.
 */
export function watchCpu(children: boolean): () => CpuTime {
  const before = process.cpuUsage();
  const clock = children ? clockOfChildren() : undefined;
  const childrenBefore = clock?.now();
  return () => {
    const { user, system } = process.cpuUsage(before);
    const after = clock?.now();
    return {
      userMs: user / 1000 + (after?.userMs ?? 0) - (childrenBefore?.userMs ?? 0),
      systemMs: system / 1000 + (after?.systemMs ?? 0) - (childrenBefore?.systemMs ?? 0),
    };
  };
}

let known: ChildrenCpuClock | undefined;

function clockOfChildren(): ChildrenCpuClock | undefined {
  try {
    known ??= childrenCpuClock();
    return known;
  } catch {
    return undefined;
  }
}
