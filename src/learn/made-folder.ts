import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, UsageError } from '../core/errors.js';

/**
 * Makes an empty folder for temporary files, whose name begins like that.
 *
 * @throws {UsageError} when there is no room for it.
 */
export function makeFolder(prefix: string): Promise<string> {
  return mkdtemp(join(tmpdir(), prefix)).catch((error: unknown) => {
    throw new UsageError(
      `no folder for a check could be made (${messageOf(error)}); expected room for temporary files, where TMPDIR says`,
    );
  });
}
