import { formatRatio, formatShare } from '../core/format-units.js';
import type { Round } from '../core/run.js';
import type { SelftestCheck, SelftestResult } from '../core/selftest.js';
import { startPracticeServerProcess, type PracticeServerOptions } from '../server/index.js';
import { waitedForCore } from '../statistics/core-share.js';
import { maxInFlight } from '../statistics/round-summary.js';
import { judgeSweep, type SweepVerdict } from '../statistics/sweep-verdict.js';
import { httpTask } from '../tasks/http-task.js';
import { piTask } from '../tasks/pi-task.js';
import type { TaskSpec } from '../tasks/task-spec.js';
import { startCountingServer } from './counting-server.js';
import { ModeWorker } from './mode-worker.js';
import { sweep } from './sweep.js';

const LATENCY_MS = 50;
const SLOTS = 8;
const MOST_OF_SLOTS = 32;
const MOST_OF_LATENCY = 16;
const PI_DIGITS = 1000;
// With a core for itself a thread waits for one only for the moment in which it is woken.
const MUCH_WAITED = 0.15;

type Check = (signal: AbortSignal) => Promise<readonly SelftestCheck[]>;

const CHECKS: readonly Check[] = [checkSlots, checkLatency, checkCpu, checkCount, checkFailures];

/**
 * Measures work of which the answer is known, one check after the other; `told` hears of each as it is done. When `signal`
 * fires, no further check is begun.
 *
 * @throws {UnavailableError} when a practice server or a mode's thread does not start.
 */
export async function selftest(
  signal: AbortSignal,
  told: (check: SelftestCheck) => void,
): Promise<SelftestCheck[]> {
  const done: SelftestCheck[] = [];
  for (const check of CHECKS) {
    if (signal.aborted) return done;
    const checks = await check(signal);
    if (signal.aborted) return done;
    for (const one of checks) {
      told(one);
      done.push(one);
    }
  }
  return done;
}

async function checkSlots(signal: AbortSignal): Promise<SelftestCheck[]> {
  const dials = { latencyMs: LATENCY_MS, slots: SLOTS };
  const swept = await onServer(dials, (task) => sweepOf(task, MOST_OF_SLOTS, 15_000, signal));
  const { verdict } = swept;
  const at = verdict?.stop.at;
  const name = `a server with ${SLOTS} slots and ${LATENCY_MS} ms`;
  return [
    {
      name: `${name}: where the gain stops`,
      expected: `${SLOTS - 1} to ${SLOTS + 1} in flight`,
      ...judgeTimed(
        at !== undefined && Math.abs(at - SLOTS) <= 1,
        at === undefined ? 'no stop' : `${at} in flight`,
        swept.waited,
      ),
    },
    {
      name: `${name}: what stops it`,
      expected: 'server-slots',
      ...judgeTimed(
        verdict?.cause.name === 'server-slots',
        verdict?.cause.name ?? 'nothing measured',
        swept.waited,
      ),
    },
  ];
}

async function checkLatency(signal: AbortSignal): Promise<SelftestCheck[]> {
  const dials = { latencyMs: LATENCY_MS };
  const swept = await onServer(dials, (task) => sweepOf(task, MOST_OF_LATENCY, 10_000, signal));
  const last = swept.verdict?.levels.find(({ at }) => at === MOST_OF_LATENCY);
  return [
    {
      name: `a server with ${LATENCY_MS} ms and no slots: the gain of ${MOST_OF_LATENCY} in flight`,
      expected: `${formatRatio(MOST_OF_LATENCY)}, within 10 %`,
      ...judgeTimed(
        last !== undefined && Math.abs(last.gain / MOST_OF_LATENCY - 1) <= 0.1,
        last === undefined ? 'not reached' : formatRatio(last.gain),
        swept.waited,
      ),
    },
  ];
}

async function checkCpu(signal: AbortSignal): Promise<SelftestCheck[]> {
  const swept = await sweepOf(piTask(PI_DIGITS), 4, 8000, signal);
  const second = swept.verdict?.levels.find(({ at }) => at === 2);
  return [
    {
      name: 'digits of π: the gain of 2 in flight on one thread',
      expected: '1.00x, from 0.85x to 1.15x',
      ...judgeTimed(
        second !== undefined && second.gain >= 0.85 && second.gain <= 1.15,
        second === undefined ? 'not reached' : formatRatio(second.gain),
        swept.waited,
      ),
    },
  ];
}

/** What a measured time tells: nothing of the instrument when it is off while other programs had the cores. */
export function judgeTimed(
  isRight: boolean,
  found: string,
  waited: number | undefined,
): { readonly found: string; readonly result: SelftestResult } {
  if (isRight) return { found, result: 'passed' };
  if (waited === undefined || waited < MUCH_WAITED) return { found, result: 'failed' };
  const busy = `a thread that could run waited ${formatShare(waited)} of the time for a core`;
  return { found: `${found} on a machine too busy to tell (${busy})`, result: 'inconclusive' };
}

function judgeCount(isRight: boolean): SelftestResult {
  return isRight ? 'passed' : 'failed';
}

async function checkCount(): Promise<SelftestCheck[]> {
  const server = await startCountingServer();
  try {
    const round = await roundOf(httpTask(server.url), 100, 30);
    const [ok, most] = [round.calls.tally().ok, maxInFlight(round.calls)];
    return [
      {
        name: '100 calls with at most 30 in flight',
        expected: '100 completed, 100 seen by the server, at most 30 in flight',
        found: `${ok} completed, ${server.calls()} seen by the server, at most ${most} in flight`,
        result: judgeCount(ok === 100 && server.calls() === 100 && most <= 30),
      },
    ];
  } finally {
    await server.close();
  }
}

async function checkFailures(): Promise<SelftestCheck[]> {
  const round = await onServer({ latencyMs: 0, failRate: 1 }, (task) => roundOf(task, 20, 5));
  const { ok, failed } = round.calls.tally();
  return [
    {
      name: '20 calls that are all answered with status 500',
      expected: '0 completed, 20 failed',
      found: `${ok} completed, ${failed} failed`,
      result: judgeCount(ok === 0 && failed === 20),
    },
  ];
}

interface Swept {
  readonly verdict: SweepVerdict | undefined;
  /** Share of the time in which the thread could have run and had no core. */
  readonly waited: number | undefined;
}

async function sweepOf(
  task: TaskSpec,
  most: number,
  budgetMs: number,
  signal: AbortSignal,
): Promise<Swept> {
  const run = await sweep({ task, most, budgetMs, prove: false }, { signal });
  return {
    verdict: judgeSweep(run),
    waited: waitedForCore(run.levels.flatMap(({ rounds }) => rounds)),
  };
}

async function roundOf(task: TaskSpec, number: number, concurrency: number): Promise<Round> {
  const worker = await ModeWorker.start({ name: 'async', mode: 'async', task, threads: 1 });
  try {
    return await worker.startRound(number, concurrency, false).result;
  } finally {
    await worker.stop();
  }
}

async function onServer<Result>(
  dials: PracticeServerOptions,
  measure: (task: TaskSpec) => Promise<Result>,
): Promise<Result> {
  const server = await startPracticeServerProcess({ port: 0, ...dials });
  try {
    return await measure(httpTask(`${server.url}/say-hi`));
  } finally {
    await server.close(0);
  }
}
