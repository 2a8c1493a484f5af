import { basename } from 'node:path';
import { UsageError } from '../core/errors.js';
import type { LeftOutMode, ModeName, TaskDescription } from '../core/run.js';
import { describeTask, whyNot, type TaskSpec } from '../tasks/task-spec.js';
import type { Compared, CompareSettings } from './compare-options.js';
import type { Contender } from './contender.js';
import { ModeWorker } from './mode-worker.js';
import { ProgramContender } from './program-contender.js';

/** Who is compared, each with what starts it, and the modes that were left out. */
export interface Lineup {
  readonly tasks: readonly TaskDescription[];
  readonly starts: readonly (() => Promise<Contender>)[];
  readonly leftOut: readonly LeftOutMode[];
}

/**
 * Who is compared: one task in each mode that it can be done in, or two tasks against each other.
 *
 * @throws {UsageError} when a task can be done in none of the modes, or two tasks are to be done in several.
 */
export async function lineUp(settings: CompareSettings): Promise<Lineup> {
  const { task, against } = settings;
  if (against !== undefined) return twoTasks(settings, task, against);
  if (task.kind === 'program') {
    throw new UsageError(
      `${task.file} exports neither task nor taskSync, and a program is compared with another one: lwasync compare a.ts b.ts`,
    );
  }
  const { threads, modes } = settings;
  const inFlight = mostInFlight(settings);
  const looked = await Promise.all(
    modes.map(async (mode) => ({ mode, reason: await whyNot(task, mode) })),
  );
  const leftOut = looked.flatMap(({ mode, reason }) =>
    reason === undefined ? [] : [{ mode, reason }],
  );
  const able = looked.filter(({ reason }) => reason === undefined);
  if (able.length === 0) {
    const why = leftOut.map(({ mode, reason }) => `${mode}: ${reason}`).join('; ');
    throw new UsageError(`the task can be done in none of these modes (${why})`);
  }
  return {
    tasks: [describeTask(task)],
    starts: able.map(
      ({ mode }) =>
        () =>
          ModeWorker.start({ name: mode, mode, task, threads, inFlight }),
    ),
    leftOut,
  };
}

async function twoTasks(
  settings: CompareSettings,
  task: Compared,
  against: Compared,
): Promise<Lineup> {
  const both = [task, against];
  const names = contenderNames(both);
  const starts = both.map((compared, index) => start(settings, compared, names[index] ?? ''));
  return {
    tasks: both.map((compared) =>
      compared.kind === 'program'
        ? { kind: compared.kind, text: compared.file }
        : describeTask(compared),
    ),
    starts: await Promise.all(starts),
    leftOut: [],
  };
}

async function start(
  settings: CompareSettings,
  compared: Compared,
  name: string,
): Promise<() => Promise<Contender>> {
  if (compared.kind === 'program') return async () => new ProgramContender(name, compared);
  const { threads, namedModes } = settings;
  const mode = await modeFor(compared, namedModes);
  const inFlight = mostInFlight(settings);
  return () => ModeWorker.start({ name, mode, task: compared, threads, inFlight });
}

function mostInFlight({ number, double, concurrency = Infinity }: CompareSettings): number {
  return Math.min(double ? 2 * number : number, concurrency);
}

async function modeFor(task: TaskSpec, named: readonly ModeName[] | undefined): Promise<ModeName> {
  if (named !== undefined && named.length > 1) {
    throw new UsageError(
      `two tasks are compared in one mode, got ${named.join(', ')}; name one, like --modes async`,
    );
  }
  const reasons: string[] = [];
  for (const mode of named ?? (['async', 'sync'] as const)) {
    const reason = await whyNot(task, mode);
    if (reason === undefined) return mode;
    reasons.push(reason);
  }
  throw new UsageError(
    `a mode was asked for that the task cannot be done in: ${reasons.join('; ')}`,
  );
}

function shortName(compared: Compared): string {
  if (compared.kind === 'program' || compared.kind === 'module') return basename(compared.file);
  if (compared.kind !== 'http') return describeTask(compared).text;
  const { host, pathname, search } = new URL(compared.request.url);
  return `${host}${pathname}${search}`;
}

/** What tasks are called when they are compared with each other; two of the same name are told apart by a letter. */
export function contenderNames(tasks: readonly Compared[]): string[] {
  const names = tasks.map((compared) => shortName(compared));
  if (new Set(names).size === names.length) return names;
  return names.map((name, index) => `${name} (${'AB'.charAt(index)})`);
}
