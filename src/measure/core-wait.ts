import { readdirSync, readFileSync } from 'node:fs';
import { monotonicNow } from '../core/clock.js';
import type { Milliseconds } from '../core/units.js';

// A look at every tenth of the time so far: of short programs enough is seen, and long ones cost little.
const LOOK_EVERY_SHARE = 0.1;
const LEAST_PAUSE_MS: Milliseconds = 5;
const MOST_PAUSE_MS: Milliseconds = 100;
// A wait is counted when it ends, which may be some looks after it began.
const LOOK_BACK_MS: Milliseconds = 100;
// CPU time below this share of the wall time is no matter.
const LITTLE_SHARE = 0.05;

/** What a thread had of the cores so far. */
export interface CoreTimes {
  readonly cpuMs: Milliseconds;
  /** It could have computed, and others had the cores. */
  readonly readyMs: Milliseconds;
}

/** What a run took in all. */
interface Used {
  readonly wallMs: Milliseconds;
  readonly cpuMs: Milliseconds;
}

const NOTHING: CoreTimes = { cpuMs: 0, readyMs: 0 };

/**
 * Adds up the time in which a program could have computed and nothing of it had a core. Its threads wait at the same time, and
 * for one another: between two looks no more is counted than the time in which none of them computed.
 */
export class CoreWait {
  #known: ReadonlyMap<string, CoreTimes> = new Map();
  #seenMs: Milliseconds = 0;
  #roomMs: Milliseconds = 0;
  #cpuMs: Milliseconds = 0;
  #waitedMs: Milliseconds = 0;

  /** Counts what its threads, by their ids, had at this time since its beginning. */
  look(nowMs: Milliseconds, threads: ReadonlyMap<string, CoreTimes>): void {
    let [cpuMs, readyMs] = [0, 0];
    for (const [id, times] of threads) {
      const before = this.#known.get(id) ?? NOTHING;
      cpuMs += Math.max(times.cpuMs - before.cpuMs, 0);
      readyMs += Math.max(times.readyMs - before.readyMs, 0);
    }
    const roomMs = this.#roomMs + Math.max(nowMs - this.#seenMs - cpuMs, 0);
    const waitedMs = Math.min(readyMs, roomMs);
    this.#roomMs = Math.min(roomMs - waitedMs, LOOK_BACK_MS);
    this.#seenMs = nowMs;
    this.#cpuMs += cpuMs;
    this.#waitedMs += waitedMs;
    this.#known = threads;
  }

  /**
   * The time without a core in the whole run. What was not seen of it, since it ended between two looks, is taken to have
   * waited as long for each millisecond that it computed. `undefined` where too little was seen to say so.
   */
  total({ wallMs, cpuMs }: Used): Milliseconds | undefined {
    const unseenMs = Math.max(cpuMs - this.#cpuMs, 0);
    const isMostUnseen = unseenMs > this.#cpuMs;
    if (isMostUnseen && unseenMs > wallMs * LITTLE_SHARE) return undefined;
    const scale = isMostUnseen || this.#cpuMs === 0 ? 1 : cpuMs / this.#cpuMs;
    return Math.max(Math.min(this.#waitedMs * scale, wallMs - cpuMs), 0);
  }
}

/** Watches a program that was just started, and all that it starts; what it returns ends the watch and says what was seen. */
export function watchCoreWait(pid: number): () => CoreWait {
  const beganMs = monotonicNow();
  const wait = new CoreWait();
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const nowMs = monotonicNow() - beganMs;
    const threads = new Map<string, CoreTimes>();
    readProcess(String(pid), threads);
    if (threads.size > 0) wait.look(nowMs, threads);
    const pauseMs = Math.min(Math.max(nowMs * LOOK_EVERY_SHARE, LEAST_PAUSE_MS), MOST_PAUSE_MS);
    timer = setTimeout(look, pauseMs).unref();
  };
  look();
  return () => {
    clearTimeout(timer);
    return wait;
  };
}

/** Reads the threads of a process and of its descendants, as long as they are there; proc(5). */
function readProcess(pid: string, threads: Map<string, CoreTimes>): void {
  for (const thread of orNothing(() => readdirSync(`/proc/${pid}/task`)) ?? []) {
    const folder = `/proc/${pid}/task/${thread}`;
    const times = orNothing(() => parseCoreTimes(readFileSync(`${folder}/schedstat`, 'latin1')));
    if (times !== undefined) threads.set(thread, times);
    const children = orNothing(() => readFileSync(`${folder}/children`, 'latin1')) ?? '';
    for (const [child] of children.matchAll(/\d+/g)) readProcess(child, threads);
  }
}

/**
 * The times in a file named schedstat.
 *
 * Source: Linux, Documentation/scheduler/sched-stats.rst: time on the CPU, time on a run queue, both in ns.
 */
function parseCoreTimes(text: string): CoreTimes {
  const [cpuNs = 0, readyNs = 0] = text.split(' ').map(Number);
  return { cpuMs: cpuNs / 1e6, readyMs: readyNs / 1e6 };
}

// What has ended meanwhile cannot be read.
function orNothing<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
