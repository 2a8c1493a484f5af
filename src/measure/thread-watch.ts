import { stat } from 'node:fs';
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance, type EventLoopUtilization } from 'node:perf_hooks';
import { monotonicNow } from '../core/clock.js';
import type { LoopActivity } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { median, sortSamples } from '../statistics/sorted-samples.js';

// Fine enough to see a pause of some milliseconds, and a hundredth of a percent of the thread's time.
const DELAY_RESOLUTION_MS: Milliseconds = 10;
const PROBE_EVERY_MS: Milliseconds = 25;

/** What was seen of the thread during one round. */
export interface ThreadActivity {
  readonly threadCpuMs: Milliseconds | undefined;
  readonly loop: LoopActivity | undefined;
  readonly poolWaitMs: Milliseconds | undefined;
}

/**
 * Watches the calling thread from now on: its CPU time, its event loop, and how long libuv's pool lets a small look-up wait.
 * What it returns ends the watch and says what was seen. Of a thread that blocks only the CPU time can be told.
 */
export function watchThread(blocks: boolean): () => ThreadActivity {
  const cpuBefore = threadCpuMs();
  const cpu = (): Milliseconds | undefined => {
    const after = threadCpuMs();
    return cpuBefore === undefined || after === undefined ? undefined : after - cpuBefore;
  };
  if (blocks) return () => ({ threadCpuMs: cpu(), loop: undefined, poolWaitMs: undefined });
  const before = performance.eventLoopUtilization();
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delay.enable();
  const endProbe = probePool();
  return () => {
    delay.disable();
    return {
      threadCpuMs: cpu(),
      loop: loopActivity(before, delay.max),
      poolWaitMs: endProbe(),
    };
  };
}

/**
 * CPU time of the calling thread so far; `undefined` where the system does not tell.
 *
 * Source: Linux, Documentation/scheduler/sched-stats.rst: the first field of schedstat is the time spent on the CPU in ns.
 */
export function threadCpuMs(): Milliseconds | undefined {
  try {
    const [ran = Number.NaN] = readFileSync('/proc/thread-self/schedstat', 'utf8')
      .split(' ')
      .map(Number);
    return Number.isFinite(ran) ? ran / 1e6 : undefined;
  } catch {
    return undefined;
  }
}

function loopActivity(before: EventLoopUtilization, maxDelayNs: number): LoopActivity {
  const { active, idle } = performance.eventLoopUtilization(before);
  // The histogram counts the interval of its own timer in; without a sample its largest is 0.
  const delayMaxMs = Math.max(maxDelayNs / 1e6 - DELAY_RESOLUTION_MS, 0);
  return { activeMs: active, idleMs: idle, delayMaxMs };
}

// One look-up at a time: where the pool is busy each waits for a free thread, which is what is measured.
function probePool(): () => Milliseconds | undefined {
  const waits: Milliseconds[] = [];
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const probe = (): void => {
    const beganMs = monotonicNow();
    stat('.', () => {
      if (isOver) return;
      waits.push(monotonicNow() - beganMs);
      timer = setTimeout(probe, PROBE_EVERY_MS).unref();
    });
  };
  probe();
  return () => {
    isOver = true;
    clearTimeout(timer);
    return median(sortSamples(waits));
  };
}
