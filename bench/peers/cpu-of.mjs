import { readdirSync, readFileSync } from 'node:fs';

/** Seconds that all threads of a process have run, to the nanosecond; not a number where the kernel does not tell. */
export function cpuSecondsOf(pid) {
  try {
    // The first figure of schedstat (Linux, Documentation/scheduler/sched-stats.rst): time spent on the processor, in ns.
    const nanoseconds = readdirSync(`/proc/${pid}/task`).map((thread) =>
      parseInt(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'), 10),
    );
    return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e9;
  } catch {
    return NaN;
  }
}
