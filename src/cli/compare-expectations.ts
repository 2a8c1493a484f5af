import { MODE_NAMES, type ModeName } from '../core/run.js';
import { contenderNames } from '../experiment/contenders.js';
import type { Compared } from '../experiment/compare-options.js';
import type { Expectation } from '../statistics/expectation.js';
import { baselineOf } from '../statistics/verdict.js';
import { httpTask } from '../tasks/http-task.js';
import { defaultModes, whyNot } from '../tasks/task-spec.js';
import { refuseExpectations, type ExpectationPlan } from './expectations.js';
import type { NamedTask } from './task-words.js';

/** What a comparison is asked to measure. */
interface Asked {
  readonly modes?: readonly ModeName[] | undefined;
  readonly number: number;
  readonly double?: boolean | undefined;
}

/**
 * Refuses what cannot come true in a comparison, before a server is started for nothing.
 *
 * @throws {UsageError} when an expectation is about something that will not be measured.
 */
export async function refuseInCompare(
  expectations: readonly Expectation[],
  tasks: readonly NamedTask[],
  asked: Asked,
): Promise<void> {
  if (expectations.length === 0) return;
  const { number, double = false } = asked;
  // What a path is called depends on the port of a practice server that is not there yet.
  if (tasks.length > 1 && tasks.some(({ kind }) => kind === 'path')) return;
  const { names, whyMissing } = tasks.length > 1 ? twoTasks(tasks) : await oneTask(tasks[0], asked);
  refuseExpectations(expectations, {
    names,
    whyMissing,
    baseline: baselineOf(names),
    sizes: double ? [number, 2 * number] : [number],
    howToSize: (size) => (size % 2 === 0 ? `-n ${size}, or -n ${size / 2} --double` : `-n ${size}`),
  });
}

type Names = Pick<ExpectationPlan, 'names' | 'whyMissing'>;

async function oneTask(named: NamedTask | undefined, asked: Asked): Promise<Names> {
  const task = named?.kind === 'other' ? named.task : undefined;
  const modes = asked.modes ?? modesOf(task);
  const reasons = new Map<string, string>();
  for (const mode of modes) {
    const reason =
      task === undefined || task.kind === 'program' ? undefined : await whyNot(task, mode);
    if (reason !== undefined) reasons.set(mode, reason);
  }
  return {
    names: modes.filter((mode) => !reasons.has(mode)),
    whyMissing: (name) => {
      const reason = reasons.get(name);
      if (reason !== undefined) return `needs the mode ${name}, which is left out: ${reason}`;
      if (!MODE_NAMES.some((mode) => mode === name)) return undefined;
      return asked.modes === undefined
        ? `needs the mode ${name}, which runs only when it is named: --modes ${[...modes, name].join(',')}`
        : `needs the mode ${name}, which --modes leaves out`;
    },
  };
}

function modesOf(task: Compared | undefined): readonly ModeName[] {
  return task?.kind === 'program' ? ['sync'] : defaultModes(task ?? { kind: 'http' });
}

function twoTasks(tasks: readonly NamedTask[]): Names {
  const compared = tasks.flatMap((task) => {
    if (task.kind === 'other') return [task.task];
    return task.kind === 'url' ? [httpTask(task.url, {})] : [];
  });
  return { names: contenderNames(compared), whyMissing: () => undefined };
}
