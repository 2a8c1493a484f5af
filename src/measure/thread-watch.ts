import { readFileSync, stat } from 'node:fs';
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
  readonly threadQueuedMs: Milliseconds | undefined;
  readonly loop: LoopActivity | undefined;
  readonly poolWaitMs: Milliseconds | undefined;
}

/**
 * Watches the calling thread from now on: its CPU time, its event loop, and how long libuv's pool lets a small look-up wait.
 * What it returns ends the watch and says what was seen. Of a thread that blocks only the CPU time can be told.
 */
export function watchThread(blocks: boolean): () => ThreadActivity {
  const before = threadTimes();
  const times = (): Pick<ThreadActivity, 'threadCpuMs' | 'threadQueuedMs'> => {
    const after = threadTimes();
    if (before === undefined || after === undefined) {
      return { threadCpuMs: undefined, threadQueuedMs: undefined };
    }
    return {
      threadCpuMs: after.cpuMs - before.cpuMs,
      threadQueuedMs: after.queuedMs - before.queuedMs,
    };
  };
  if (blocks) return () => ({ ...times(), loop: undefined, poolWaitMs: undefined });
  const loopBefore = performance.eventLoopUtilization();
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delay.enable();
  const endProbe = probePool();
  return () => {
    delay.disable();
    return {
      ...times(),
      loop: loopActivity(loopBefore, delay.max),
      poolWaitMs: endProbe(),
    };
  };
}

/** What the calling thread had of the processor so far. */
interface ThreadTimes {
  readonly cpuMs: Milliseconds;
  /** Ready to run, while other threads had the cores. */
  readonly queuedMs: Milliseconds;
}

/**
 * The times of the calling thread; `undefined` where the system does not tell.
 *
 * Source: Linux, Documentation/scheduler/sched-stats.rst: schedstat begins with the time spent on the CPU and the time spent
 * waiting on a run queue, both in ns.
 */
function threadTimes(): ThreadTimes | undefined {
  try {
    const [ran = Number.NaN, queued = Number.NaN] = readFileSync(
      '/proc/thread-self/schedstat',
      'utf8',
    )
      .split(' ')
      .map(Number);
    return Number.isFinite(ran + queued) ? { cpuMs: ran / 1e6, queuedMs: queued / 1e6 } : undefined;
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
