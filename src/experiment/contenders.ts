import { basename } from 'node:path';
import { MissingExportError, UsageError } from '../core/errors.js';
import type { LeftOutMode, ModeName, TaskDescription } from '../core/run.js';
import { describeTask, whyNot, type TaskSpec } from '../tasks/task-spec.js';
import type { Compared, CompareSettings } from './compare-options.js';
import type { Contender } from './contender.js';
import { ModeWorker } from './mode-worker.js';
import { ProgramContender } from './program-contender.js';

/** What starts a contender, and its mode where the others can be compared without it. */
interface Start {
  readonly start: () => Promise<Contender>;
  readonly mode?: ModeName;
}

/** Who is compared, each with what starts it, and the modes that were left out. */
export interface Lineup {
  readonly tasks: readonly TaskDescription[];
  readonly starts: readonly Start[];
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
    starts: able.map(({ mode }) => ({
      mode,
      start: () => ModeWorker.start({ name: mode, mode, task, threads, inFlight }),
    })),
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
    starts: (await Promise.all(starts)).map((begin) => ({ start: begin })),
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

/** Who has started, and the modes that were left out, those too of which only the import of a module tells. */
interface Started {
  readonly contenders: readonly Contender[];
  readonly leftOut: readonly LeftOutMode[];
}

/**
 * Starts all contenders, or none: when one does not start, the threads of the others are not left behind. A mode for which a
 * module lacks the function is left out, unless none would be left.
 *
 * @throws {UsageError} when the task cannot be used as it is.
 * @throws {UnavailableError} when a thread does not start.
 */
export async function startAll({ starts, leftOut }: Lineup): Promise<Started> {
  const results = await Promise.allSettled(starts.map(({ start: begin }) => begin()));
  const contenders = results.flatMap((result) =>
    result.status === 'fulfilled' ? [result.value] : [],
  );
  const failures = results.flatMap((result, index) =>
    result.status === 'rejected' ? [{ reason: result.reason, mode: starts[index]?.mode }] : [],
  );
  const missing = failures.flatMap(({ reason, mode }) =>
    reason instanceof MissingExportError && mode !== undefined
      ? [{ mode, reason: reason.reason }]
      : [],
  );
  if (contenders.length > 0 && missing.length === failures.length) {
    return { contenders, leftOut: [...leftOut, ...missing] };
  }
  await Promise.all(contenders.map((contender) => contender.stop()));
  throw (
    failures.find(({ reason }) => !(reason instanceof MissingExportError))?.reason ??
    failures[0]?.reason
  );
}
