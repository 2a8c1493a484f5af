import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BoundRun, BoundStates } from '../core/bound.js';
import type { Milliseconds } from '../core/units.js';
import { packageVersion } from '../core/version.js';
import { coreNotes } from './core-notes.js';
import { describeEnvironment } from '../core/environment.js';
import { readHookedProcess, type HookedProcess } from './hook-reports.js';
import { HOOK, longestBlocks } from './longest-blocks.js';
import type { ProgramCommand } from './program-command.js';
import { programNotes } from './program-notes.js';
import { runProgram, type ProgramRun } from './run-program.js';
import { sampledIdleMs } from './sampled-profile.js';

// A killed process is told of up to its last report; from less than this share of its time nothing follows.
const LEAST_SPAN_SHARE = 0.5;

/**
 * Runs a command once and observes it from outside and, where it is a Node program, from inside.
 *
 * @throws {UsageError} when it cannot be started.
 * @throws {UnavailableError} where the CPU time of a command cannot be read.
 */
export async function observeProgram(
  command: ProgramCommand,
  printsAside: boolean,
): Promise<BoundRun> {
  const folder = await mkdtemp(join(tmpdir(), 'lwasync-bound-'));
  try {
    const run = await runProgram(command, { env: hookedEnvironment(folder), printsAside });
    const hooked = readHookedProcess(folder, run.pid);
    return boundOfProgram(command.text, withoutIdleWaits(run, hooked), hooked);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The environment in which Node programs load the hook; others take no notice. */
function hookedEnvironment(folder: string): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: before = '' } = process.env;
  // Node takes quotes and backslashes in NODE_OPTIONS for its own.
  const quotedHook = `"${HOOK.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  const options = `${before} --require ${quotedHook}`.trim();
  return { ...process.env, NODE_OPTIONS: options, LWASYNC_BOUND_FOLDER: folder };
}

function boundOfProgram(
  text: string,
  run: ProgramRun,
  hooked: HookedProcess | undefined,
): BoundRun {
  const { pid: _pid, ...seenFromOutside } = run;
  return {
    version: packageVersion(),
    environment: describeEnvironment(),
    kind: 'command',
    text,
    number: 1,
    failed: 0,
    ...seenFromOutside,
    blocks: hooked === undefined ? [] : longestBlocks(hooked),
    ...statesAndNotes(run, hooked),
  };
}

function statesAndNotes(
  run: ProgramRun,
  hooked: HookedProcess | undefined,
): Pick<BoundRun, 'states' | 'notes'> {
  const states = statesOf(hooked, run.wallMs);
  const busy = coreNotes(run);
  if (typeof states === 'string') return { states: undefined, notes: [...busy, states] };
  const seen = hooked === undefined ? [] : programNotes(states, hooked, run);
  return { states, notes: [...busy, ...seen] };
}

/**
 * Each sample of the profiler wakes the thread. Where its loop is idle it then waits for a core that it has no use for, which
 * is no less waiting: what does not fit into the rest of its time must have been there.
 */
function withoutIdleWaits(run: ProgramRun, hooked: HookedProcess | undefined): ProgramRun {
  const { withoutCoreMs } = run;
  if (hooked?.thread === undefined || withoutCoreMs === undefined) return run;
  const { cpuMs, readyMs } = hooked.thread;
  const idleMs = Math.max(readyMs + cpuMs + waitingMsOf(hooked) - hooked.spanMs, 0);
  return { ...run, withoutCoreMs: Math.max(withoutCoreMs - idleMs, 0) };
}

function waitingMsOf({ profiles, spanMs, idleMs }: HookedProcess): Milliseconds {
  const sampledMs = profiles.reduce((sum, profile) => sum + sampledIdleMs(profile), 0);
  // A sample stands for the time before it, which may reach beyond the ends of the program.
  return Math.min(profiles.length === 0 ? idleMs : sampledMs, spanMs);
}

/** What the main thread did, or why that is not known. */
function statesOf(hooked: HookedProcess | undefined, wallMs: number): BoundStates | string {
  if (hooked === undefined) {
    return 'Blocked and waiting cannot be told apart from outside; of programs that Node runs directly they are told apart.';
  }
  const { spanMs, thread, ended } = hooked;
  const waitingMs = waitingMsOf(hooked);
  if (!ended && spanMs < wallMs * LEAST_SPAN_SHARE) {
    return 'Blocked and waiting are not told apart: the program was killed before it could tell more, as while its thread is held.';
  }
  if (thread === undefined) {
    return 'Blocked and waiting are not told apart: this system does not tell the CPU time of a thread.';
  }
  const computingMs = Math.min(thread.cpuMs, spanMs - waitingMs);
  const blockedMs = Math.max(spanMs - waitingMs - computingMs - thread.readyMs, 0);
  return { computingMs, blockedMs, waitingMs };
}
