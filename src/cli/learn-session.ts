import { UsageError } from '../core/errors.js';
import type { Course } from '../learn/course.js';
import type { ExitCode } from './exit-codes.js';

/** Works through a course at a terminal. */
export async function runLearnSession({ folder }: Course): Promise<ExitCode> {
  throw new UsageError(`there is no session for ${folder} yet; write: lwasync learn check`);
}
