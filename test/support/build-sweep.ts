import { NO_RESOURCES, type Resources, type Round } from '../../src/core/run.js';
import type { SweepLevel, SweepRun } from '../../src/core/sweep.js';
import { buildWaves } from './build-run.js';

/** Shares of the time of a round, and whatever else was seen of it. */
export interface Seen extends Partial<Resources> {
  /** Of one core, by this process. */
  readonly cpuShare?: number;
  readonly threadShare?: number;
  readonly queuedShare?: number;
  readonly loopShare?: number;
}

/** A level in its steady state: twenty waves of calls that take `latencyMs` each, measured three times. */
export function buildLevel(concurrency: number, latencyMs: number, seen: Seen = {}): SweepLevel {
  const number = 20 * concurrency;
  const round = buildSeen(buildWaves(number, concurrency, latencyMs), seen);
  return { concurrency, number, rounds: [round, round, round] };
}

function buildSeen(round: Round, seen: Seen): Round {
  const { cpuShare = 0.02, threadShare = 0.01, queuedShare = 0, loopShare = 0.02, ...rest } = seen;
  const { wallMs } = round;
  const resources: Resources = {
    ...NO_RESOURCES,
    userMs: cpuShare * wallMs,
    threadCpuMs: threadShare * wallMs,
    threadQueuedMs: queuedShare * wallMs,
    loop: { activeMs: loopShare * wallMs, idleMs: (1 - loopShare) * wallMs, delayMaxMs: 0.5 },
    ...rest,
  };
  return { ...round, resources };
}

/** A sweep of calls whose server serves `slots` at once, `latencyMs` each, and tells how long the others queued. */
export function buildSlots(slots: number, latencyMs: number, tells = true): SweepLevel[] {
  return [1, 2, 4, slots - 1, slots, 2 * slots, 4 * slots]
    .filter((concurrency, index, all) => all.indexOf(concurrency) === index)
    .toSorted((a, b) => a - b)
    .map((concurrency) => {
      const total = Math.max(1, concurrency / slots) * latencyMs;
      return buildLevel(concurrency, total, tells ? { serverQueueMs: total - latencyMs } : {});
    });
}

/** A sweep with these levels. */
export function buildSweep(levels: readonly SweepLevel[], over: Partial<SweepRun> = {}): SweepRun {
  return {
    version: '0.0.0',
    environment: { node: '20.19.0', os: 'Linux 6.1 x86_64', cpus: 2, cpuModel: 'a CPU' },
    task: { kind: 'http', text: 'GET http://127.0.0.1:8080/say-hi' },
    mode: 'async',
    over: 'concurrency',
    levels,
    most: 256,
    limits: { poolThreads: 4, threads: undefined, connections: 10_000 },
    proof: undefined,
    warnings: [],
    interrupted: false,
    ...over,
  };
}
