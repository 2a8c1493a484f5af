import type { BoundStates } from '../core/bound.js';
import { formatDuration, formatShare } from '../core/format-units.js';
import type { HookedProcess } from './hook-reports.js';
import type { ProgramRun } from './run-program.js';

// A start-up below this share of the time misleads nobody.
const START_UP_SHARE = 0.1;
const OTHERS_SHARE = 0.1;
// Looking on costs one to two hundredths of a core, which is much of a CPU share below this.
const LITTLE_CPU_SHARE = 0.1;

/** What may mislead in what the hook told of a program, a sentence each. */
export function programNotes(
  states: BoundStates,
  hooked: HookedProcess,
  run: ProgramRun,
): readonly string[] {
  return [...startUpNote(hooked), ...partNote(hooked, run), ...cpuNotes(states, run)];
}

function startUpNote({ startUpMs, spanMs, program = '' }: HookedProcess): string[] {
  if (startUpMs < spanMs * START_UP_SHARE) return [];
  const compiled = /\.[cm]?ts$/.test(program) ? ', and its TypeScript was compiled' : '';
  return [
    `${formatDuration(startUpMs)} of it, ${formatShare(startUpMs / spanMs)}, went by before the program's first line: Node itself started${compiled}. Let it do more, and this counts for less.`,
  ];
}

function partNote({ program, pid, spanMs, ended }: HookedProcess, run: ProgramRun): string[] {
  const which =
    pid === run.pid
      ? []
      : [`The main thread is that of ${program}, which ran for ${formatDuration(spanMs)}.`];
  return ended
    ? which
    : [
        ...which,
        `The program was killed: what its main thread did is told up to ${formatDuration(Math.max(run.wallMs - spanMs, 0))} before.`,
      ];
}

function cpuNotes({ computingMs }: BoundStates, run: ProgramRun): string[] {
  const notes: string[] = [];
  const usedMs = run.userMs + run.systemMs;
  if (usedMs < run.wallMs * LITTLE_CPU_SHARE) {
    notes.push(
      'Looking on costs 1 to 2 % of a core itself: without it the CPU time is less and more can run at once.',
    );
  }
  const othersMs = usedMs - computingMs;
  if (othersMs > run.wallMs * OTHERS_SHARE) {
    notes.push(
      `${formatDuration(othersMs)} of the CPU time were used by other threads (Node's own, its pool, workers) and child processes.`,
    );
  }
  return notes;
}
