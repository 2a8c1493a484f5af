import type { Run } from '../core/run.js';
import type { CompareOptions } from '../experiment/compare-options.js';
import type { ExitCode } from './exit-codes.js';
import { openHttpTarget, type HttpOptions, type HttpTarget } from './http-target.js';
import { onInterrupt } from './interrupt.js';
import { showProgress } from './progress.js';

/** What is measured, but for the task, which the session knows. */
export type MeasurePlan = Omit<CompareOptions, 'task'>;

/**
 * Gives `report` a function that measures the target: with progress on standard error, with Ctrl-C as an early end, and
 * with the practice server behind it where one is needed. Whatever was set up is put back afterwards.
 *
 * @throws {UsageError} when the target or an option cannot be used.
 */
export async function inMeasuringSession(
  target: string | undefined,
  options: HttpOptions,
  report: (measure: (plan: MeasurePlan) => Promise<Run>) => Promise<ExitCode>,
): Promise<ExitCode> {
  const progress = showProgress();
  const interrupt = onInterrupt(progress.hasBegun);
  let opened: HttpTarget | undefined;
  try {
    opened = await openHttpTarget(target, options);
    const { task } = opened;
    return await report(async (plan) => {
      const { compare } = await import('../experiment/compare.js');
      const control = { listener: progress.listener, signal: interrupt.signal };
      const run = await compare({ ...plan, task }, control);
      progress.stop();
      return run;
    });
  } finally {
    progress.stop();
    interrupt.stop();
    await opened?.close();
  }
}
