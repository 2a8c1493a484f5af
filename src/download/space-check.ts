import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { eachConcurrently } from '../core/concurrency.js';
import type { Bytes } from '../core/units.js';
import type { BatchContext } from './batch-context.js';
import type { PlannedFile } from './file-names.js';
import { askForHead } from './head-request.js';
import { partPathsOf } from './part-file.js';
import { isThere } from './present-file.js';

/** How many times as long as the longest of those asked for the others may be, before they are asked for too. */
const MARGIN = 4;

/**
 * Looks whether a batch fits on the disk before it begins. Of as many files as are in flight at once all lengths are there
 * within the first answers anyway; of a longer batch as many are asked for, and the others only where it might get tight:
 * asking for 2,000 small files would take as long as fetching them.
 *
 * @throws {DownloadError} `DISK_FULL` when it does not.
 */
export async function checkSpace(
  files: readonly PlannedFile[],
  context: BatchContext,
): Promise<void> {
  const { concurrency } = context.settings.limits;
  if (files.length <= concurrency || context.space.freeBytes === Infinity) return;
  let longest: Bytes = 0;
  const ask = async (some: readonly PlannedFile[]): Promise<void> =>
    eachConcurrently(some.length, concurrency, async (place) => {
      const file = some[place];
      if (file === undefined) return;
      const bytesThere = sizeOfWhatIsThere(file, context);
      if (bytesThere === undefined) return;
      const size = (await askForHead(file, context))?.contentLength;
      if (size === undefined) return;
      longest = Math.max(longest, size);
      context.space.reserve(file.index, size - Math.min(size, bytesThere));
    });
  await ask(files.slice(0, concurrency));
  const others = files.slice(concurrency);
  if (longest * MARGIN * others.length > context.space.freeBytes) await ask(others);
}

// What an earlier process left takes no more space; `undefined` of a file that will not be fetched.
function sizeOfWhatIsThere({ name }: PlannedFile, { settings }: BatchContext): Bytes | undefined {
  const path = join(settings.dir, name);
  if (!settings.overwrite && isThere(path)) return undefined;
  return lstatSync(partPathsOf(path).part, { throwIfNoEntry: false })?.size ?? 0;
}
