import { UsageError } from '../core/errors.js';
import { formatCount } from '../core/format-units.js';
import { openFilesLimit } from '../core/open-files-limit.js';

// A connection, the part and, now and then, its journal.
const OPEN_PER_FILE = 3;
const OPEN_ANYWAY = 50;
// Every system allows so many, and asking for the limit takes time.
const ALWAYS_ALLOWED = 256;

/**
 * Refuses more downloads at once than the system lets this process have files and connections open for.
 *
 * @throws {UsageError} when it does not.
 */
export function refuseTooManyOpenFiles(atOnce: number): void {
  const needed = atOnce * OPEN_PER_FILE + OPEN_ANYWAY;
  if (needed <= ALWAYS_ALLOWED) return;
  const limit = openFilesLimit();
  if (needed <= limit) return;
  const possible = Math.max(1, Math.floor((limit - OPEN_ANYWAY) / OPEN_PER_FILE));
  throw new UsageError(
    `--concurrency: ${formatCount(atOnce)} files at once need about ${formatCount(needed)} open files, ` +
      `and this process may have ${formatCount(limit)}; write -c ${possible}, or raise the limit with ulimit -n`,
  );
}
