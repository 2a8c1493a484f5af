import type { BoundRun, BoundStates } from '../core/bound.js';
import { formatDuration } from '../core/format-units.js';
import type { Round, Run } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';

// What `process.cpuUsage` counts in.
const CPU_RESOLUTION_MS = 0.001;
// Of a thread that computes the kernel brings the CPU time up to date at its clock ticks, a few milliseconds apart.
const LEAST_WALL_MS: Milliseconds = 40;
const NO_STATES =
  'Blocked and waiting are not told apart: this system does not tell the CPU time of a thread.';

/**
 * What was observed of a task in a run of one mode that leaves its thread free and has one call in flight, all counted rounds
 * together; `undefined` when the task cannot be done in that mode.
 */
export function boundOfRun(run: Run): BoundRun | undefined {
  const [mode] = run.measured.modes;
  if (mode === undefined) return undefined;
  // A warm-up in which every call failed ends the run; its calls are then all there is to tell.
  const rounds = mode.rounds.length === 0 ? mode.warmup : mode.rounds;
  const failed = sum(rounds, ({ calls }) => calls.tally().failed);
  const wallMs = sum(rounds, (round) => round.wallMs);
  const isLongEnough = wallMs >= LEAST_WALL_MS;
  const states = isLongEnough ? statesOf(rounds) : undefined;
  const noStates = isLongEnough ? NO_STATES : tooShort(wallMs);
  return {
    version: run.version,
    environment: run.environment,
    kind: 'task',
    text: mode.task.text,
    number: failed + sum(rounds, ({ calls }) => calls.tally().ok),
    failed,
    wallMs,
    userMs: sum(rounds, ({ resources }) => resources.userMs),
    systemMs: sum(rounds, ({ resources }) => resources.systemMs),
    cpuResolutionMs: CPU_RESOLUTION_MS,
    states,
    blocks: [],
    notes: states === undefined ? [...run.warnings, noStates] : run.warnings,
    ending: { kind: 'done' },
    interrupted: run.interrupted,
  };
}

function tooShort(wallMs: Milliseconds): string {
  return `All of it took ${formatDuration(wallMs)}, too short to tell blocked and waiting apart and little to go by for the rest; a larger -n tells more.`;
}

// What the loop was active for without the CPU, it was blocked for.
function statesOf(rounds: readonly Round[]): BoundStates | undefined {
  const total = { computingMs: 0, blockedMs: 0, waitingMs: 0 };
  for (const { wallMs, resources } of rounds) {
    const { threadCpuMs, loop } = resources;
    if (threadCpuMs === undefined || loop === undefined) return undefined;
    const waitingMs = Math.min(loop.idleMs, wallMs);
    const computingMs = Math.min(threadCpuMs, wallMs - waitingMs);
    total.waitingMs += waitingMs;
    total.computingMs += computingMs;
    total.blockedMs += wallMs - waitingMs - computingMs;
  }
  return total;
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
