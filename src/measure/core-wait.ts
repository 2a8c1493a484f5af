import { readdirSync, readFileSync } from 'node:fs';
import { orNothing } from '../core/or-nothing.js';
import { monotonicNow } from '../core/clock.js';
import type { Milliseconds } from '../core/units.js';

// A look at every tenth of the time so far: of short programs enough is seen, and long ones cost little.
const LOOK_EVERY_SHARE = 0.1;
const LEAST_PAUSE_MS: Milliseconds = 5;
const MOST_PAUSE_MS: Milliseconds = 100;
// CPU time below this share of the wall time is no matter.
const LITTLE_SHARE = 0.05;
// The thread of V8's profiler wakes all the time, for our sake and not for the program's.
const SAMPLER = 'v8:ProfEvntProc';

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

/** The times of a thread. The kernel counts a wait when it ends, so one that is going on began after they last changed. */
interface KnownTimes extends CoreTimes {
  /** How long nothing of the program had computed before that. */
  readonly pausedMs: Milliseconds;
}

/**
 * Adds up the time in which a program could have computed and nothing of it had a core. Its threads wait at the same time, and
 * for one another: between two looks no more is counted than the time in which none of them computed, or than the longest wait
 * of one of them that ended there.
 */
export class CoreWait {
  #known: ReadonlyMap<string, KnownTimes> = new Map();
  #seenMs: Milliseconds = 0;
  /** Time in which nothing of it computed. */
  #pausedMs: Milliseconds = 0;
  #cpuMs: Milliseconds = 0;
  #waitedMs: Milliseconds = 0;

  /** Counts what its threads, by their ids, had at this time since its beginning. */
  look(nowMs: Milliseconds, threads: ReadonlyMap<string, CoreTimes>): void {
    const pausedBeforeMs = this.#pausedMs;
    const start: KnownTimes = { cpuMs: 0, readyMs: 0, pausedMs: pausedBeforeMs };
    const changes = [...threads].map(([id, times]) => {
      const before = this.#known.get(id) ?? start;
      const cpuMs = Math.max(times.cpuMs - before.cpuMs, 0);
      return { id, times, before, cpuMs, readyMs: Math.max(times.readyMs - before.readyMs, 0) };
    });
    const cpuMs = sum(changes.map((change) => change.cpuMs));
    const pausedMs = Math.max(nowMs - this.#seenMs - cpuMs, 0);
    this.#pausedMs += pausedMs;
    const waits = changes.map(({ readyMs, before }) =>
      Math.min(readyMs, this.#pausedMs - before.pausedMs),
    );
    this.#waitedMs += Math.min(sum(waits), Math.max(pausedMs, ...waits));
    this.#seenMs = nowMs;
    this.#cpuMs += cpuMs;
    this.#known = new Map(
      changes.map(({ id, times, before, cpuMs: ran, readyMs }) => {
        const hasChanged = ran + readyMs > 0;
        return [id, { ...times, pausedMs: hasChanged ? pausedBeforeMs : before.pausedMs }];
      }),
    );
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
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
    const times = orNothing(() => readThread(folder));
    if (times !== undefined) threads.set(thread, times);
    const children = orNothing(() => readFileSync(`${folder}/children`, 'latin1')) ?? '';
    for (const [child] of children.matchAll(/\d+/g)) readProcess(child, threads);
  }
}

/**
 * The times of one thread.
 *
 * Source: Linux, Documentation/scheduler/sched-stats.rst: time on the CPU, time on a run queue, both in ns.
 */
function readThread(folder: string): CoreTimes {
  const [cpuNs = 0, readyNs = 0] = readFileSync(`${folder}/schedstat`, 'latin1')
    .split(' ')
    .map(Number);
  const isSampler = readFileSync(`${folder}/comm`, 'latin1').trim() === SAMPLER;
  return { cpuMs: cpuNs / 1e6, readyMs: isSampler ? 0 : readyNs / 1e6 };
}
