import { messageOf, UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';

/**
 * Does what writes into a course, to `path` or beside it.
 *
 * @throws {UsageError} when that cannot be done, with what the system says of it.
 */
export function orRefuse<Result>(path: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `${quoted(path)} could not be written, and is as it was (${messageOf(error)}); expected a folder that can be written to`,
    );
  }
}
