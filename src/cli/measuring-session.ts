import { UsageError } from '../core/errors.js';
import type { Run } from '../core/run.js';
import type { CompareOptions } from '../experiment/compare-options.js';
import type { ExitCode } from './exit-codes.js';
import { endCommandsOfThreads } from './commands-of-threads.js';
import type { Target } from './http-target.js';
import { onInterrupt } from './interrupt.js';
import { showProgress, type ShownProgress } from './progress.js';

/** What is measured, but for the task, which the session knows. */
export type MeasurePlan = Omit<CompareOptions, 'task' | 'against'>;

/**
 * Gives `report` a function that measures the task that `open` brings, or two: with progress on standard error and with Ctrl-C
 * as an early end. Whatever was set up is put back afterwards.
 *
 * @throws {UsageError} when the target or an option cannot be used.
 */
export async function inMeasuringSession(
  open: () => Promise<Target>,
  mostTasks: 1 | 2,
  report: (measure: (plan: MeasurePlan) => Promise<Run>) => Promise<ExitCode>,
): Promise<ExitCode> {
  return inTaskSession(open, mostTasks, ({ task, against }, during) =>
    report(async (plan) => {
      const { compare } = await import('../experiment/compare.js');
      return during((control) => compare({ ...plan, task, against }, control));
    }),
  );
}

/** The task of a session, and the other one where there are two. */
export type SessionTasks = Pick<CompareOptions, 'task' | 'against'>;

/** Who is told of progress, and who can stop it. */
interface SessionControl {
  readonly listener: (progress: ShownProgress) => void;
  readonly signal: AbortSignal;
}

/** Does something that takes long, with progress and Ctrl-C; the line of progress is gone when it resolves. */
export type During = <Result>(
  work: (control: SessionControl) => Promise<Result>,
) => Promise<Result>;

/**
 * The same for whatever else is measured.
 *
 * @throws {UsageError} when the target or an option cannot be used.
 */
export async function inTaskSession(
  open: () => Promise<Target>,
  mostTasks: 1 | 2,
  use: (tasks: SessionTasks, during: During) => Promise<ExitCode>,
): Promise<ExitCode> {
  const progress = showProgress();
  const interrupt = onInterrupt(progress.hasBegun);
  let letCommandsRun = (): void => {};
  interrupt.signal.addEventListener('abort', () => {
    letCommandsRun = endCommandsOfThreads();
  });
  let opened: Target | undefined;
  try {
    opened = await open();
    const { tasks } = opened;
    const [task, against] = tasks;
    if (task === undefined || tasks.length > mostTasks) {
      throw new UsageError(
        `expected ${mostTasks === 1 ? 'one task' : 'one task or two'}, got ${tasks.length}`,
      );
    }
    return await use({ task, against }, async (work) => {
      const result = await work({ listener: progress.listener, signal: interrupt.signal });
      progress.stop();
      return result;
    });
  } finally {
    progress.stop();
    interrupt.stop();
    letCommandsRun();
    await opened?.close();
  }
}
