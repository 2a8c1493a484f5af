import type { BoundRun, BoundStates } from '../core/bound.js';
import type { Environment } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';

// What `process.cpuUsage` counts in.
const CPU_RESOLUTION_MS = 0.001;

/** What is used of a round of calls that were made one after another on a thread that was free meanwhile. */
export interface LoneRound {
  readonly wallMs: Milliseconds;
  readonly resources: {
    readonly userMs: Milliseconds;
    readonly systemMs: Milliseconds;
    readonly threadCpuMs: Milliseconds | undefined;
    readonly loop: { readonly activeMs: Milliseconds; readonly idleMs: Milliseconds } | undefined;
  };
}

/** What the rounds are rounds of. */
export interface LoneTask {
  readonly version: string;
  readonly environment: Environment;
  /** The task, as one would type it. */
  readonly text: string;
  /** Calls in all rounds together. */
  readonly number: number;
  readonly notes: readonly string[];
  readonly interrupted: boolean;
}

/** What was observed of a task in rounds of the asynchronous mode with one call in flight, all rounds together. */
export function boundOfRounds(task: LoneTask, rounds: readonly LoneRound[]): BoundRun {
  const states = rounds.map(statesOf);
  const known = states.filter((state) => state !== undefined);
  const isKnown = known.length === rounds.length && rounds.length > 0;
  const note =
    'Blocked and waiting are not told apart: this system does not tell what the thread did.';
  return {
    ...task,
    kind: 'task',
    wallMs: sum(rounds, ({ wallMs }) => wallMs),
    userMs: sum(rounds, ({ resources }) => resources.userMs),
    systemMs: sum(rounds, ({ resources }) => resources.systemMs),
    cpuResolutionMs: CPU_RESOLUTION_MS,
    states: isKnown
      ? {
          computingMs: sum(known, ({ computingMs }) => computingMs),
          blockedMs: sum(known, ({ blockedMs }) => blockedMs),
          waitingMs: sum(known, ({ waitingMs }) => waitingMs),
        }
      : undefined,
    blocks: [],
    notes: isKnown ? task.notes : [...task.notes, note],
    ending: { kind: 'done' },
  };
}

// What the loop was active for without the CPU, it was blocked for.
function statesOf({ wallMs, resources }: LoneRound): BoundStates | undefined {
  const { threadCpuMs, loop } = resources;
  if (threadCpuMs === undefined || loop === undefined) return undefined;
  const waitingMs = Math.min(loop.idleMs, wallMs);
  const activeMs = wallMs - waitingMs;
  const computingMs = Math.min(threadCpuMs, activeMs);
  return { computingMs, blockedMs: activeMs - computingMs, waitingMs };
}

function sum<Item>(items: readonly Item[], of: (item: Item) => Milliseconds): Milliseconds {
  return items.reduce((total, item) => total + of(item), 0);
}
