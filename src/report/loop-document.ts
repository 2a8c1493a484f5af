import { toSeconds } from '../core/format-units.js';
import { describeRun, type LoopSummary } from '../loop/instruments/summary.js';

/** The program that ran on the loop, and how it ended. */
export interface LoopProgram {
  readonly file: string;
  readonly ending: 'done' | 'failed' | 'interrupted';
  /** What it failed with. */
  readonly error: string | undefined;
  readonly warnings: readonly string[];
}

/** What a loop did as one JSON document, times in seconds; its form is `schemas/loop.schema.json`. */
export function loopDocument(summary: LoopSummary, program: LoopProgram): object {
  const { longest, lateness, callbacksByKind: kinds } = summary;
  return {
    schema: 'lwasync.loop/1',
    program: { file: program.file, ending: program.ending, error: program.error ?? null },
    ticks: summary.ticks,
    seconds: {
      wall: toSeconds(summary.wallMs),
      asleep: toSeconds(summary.asleepMs),
      callbacks: toSeconds(summary.callbacksMs),
      loop: toSeconds(summary.loopMs),
      outside: toSeconds(summary.outsideMs),
    },
    callbacks: { total: summary.callbacks, ...kinds },
    events: summary.events,
    tasks: summary.tasksStarted,
    timers: {
      fired: summary.timersFired,
      lateness:
        lateness === undefined
          ? null
          : { mean: toSeconds(lateness.meanMs), max: toSeconds(lateness.maxMs) },
    },
    longest:
      longest === undefined
        ? null
        : {
            what: describeRun(longest),
            kind: longest.kind,
            task: longest.taskName ?? null,
            place: longest.place ?? null,
            seconds: toSeconds(longest.endedMs - longest.startedMs),
          },
    warnings: program.warnings,
  };
}
