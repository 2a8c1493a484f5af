import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DownloadError } from '../core/download-error.js';
import type { DownloadedFile } from '../core/download.js';
import { formatDuration } from '../core/format-units.js';
import { attemptDownload } from './attempt.js';
import type { BatchContext } from './batch-context.js';
import { checkCompleteFile } from './complete-file.js';
import { toDownloadError } from './disk-fault.js';
import { takeFileLock, type FileLock } from './file-lock.js';
import type { FileState } from './file-state.js';
import type { Journal } from './journal.js';
import { claimPart, removeJournal } from './journal-file.js';
import { PartFile, partPathsOf, type PartPaths } from './part-file.js';
import { pauseFor } from './pause-for.js';
import { checkPresentFile, isThere, refuseWhatIsNoFile } from './present-file.js';
import { restartFile } from './restart-file.js';
import { LONGEST_RETRY_AFTER_MS, parseRetryAfter, retryDelay } from './retry-schedule.js';

// A server whose parts are of no use is asked for the whole file, which always is; if not, it answers at random.
const MOST_AGAIN = 3;
const DAY_MS = 86_400_000;
// What came twice with the same wrong checksum, say, will not be right the third time.
const MOST_WRONG_CHECKSUMS = 2;

/** Downloads one file of a batch; whatever becomes of it is told in the record that it resolves to. */
export async function downloadFile(
  state: FileState,
  context: BatchContext,
): Promise<DownloadedFile> {
  state.startMs = context.sinceBeginMs();
  try {
    await placeFile(state, context);
  } catch (thrown) {
    const { code, message } = toDownloadError(thrown);
    const isStopped = context.signal.aborted || code === 'DISK_FULL';
    state.outcome = isStopped ? 'stopped' : 'failed';
    state.failure = { code, message: `${state.file.name}: ${message}` };
  }
  state.endMs = context.sinceBeginMs();
  return state.record();
}

async function placeFile(state: FileState, context: BatchContext): Promise<void> {
  const { settings, signal } = context;
  const path = join(settings.dir, state.file.name);
  const paths = partPathsOf(path);
  signal.throwIfAborted();
  const lock = await takeFileLock(paths.lock, paths.part, () => {
    if (isThere(paths.part)) claimPart(paths.journal);
  });
  try {
    if (!settings.overwrite && isThere(path)) {
      // Its process was killed after the file had its name and before it was through.
      if (lock.wasLeftBehind && !isThere(paths.part)) removeJournal(paths.journal);
      await checkPresentFile(path, state, context);
      return;
    }
    refuseWhatIsNoFile(path);
    await fetchFile(path, state, openPart(paths, lock, state, context), context);
  } finally {
    lock.release();
  }
}

function openPart(
  paths: PartPaths,
  lock: FileLock,
  { file }: FileState,
  { settings, disk }: BatchContext,
): PartFile {
  if (!lock.wasLeftBehind && isThere(paths.part) && !existsSync(paths.journal)) {
    throw new DownloadError(
      'EXISTS',
      `${paths.part} is there and not from a download of lwasync; move it away or remove it`,
    );
  }
  const { durable } = settings.limits;
  const isResumable = ({ url, validator, checksum }: Journal): boolean => {
    if (file.checksum === undefined) return url === file.shownUrl && validator !== undefined;
    // Bytes of any source will do that may add up to the right checksum.
    return checksum?.algorithm !== file.checksum.algorithm || checksum.hex === file.checksum.hex;
  };
  return new PartFile(paths, { url: file.shownUrl, disk, durable }, isResumable);
}

async function fetchFile(
  path: string,
  state: FileState,
  part: PartFile,
  context: BatchContext,
): Promise<void> {
  state.resumedBytes = part.length;
  state.receivedBytes = part.length;
  state.sizeBytes = part.version.sizeBytes;
  try {
    await fetchBytes(state, part, context);
    // It may take seconds, so the look at what is there comes after it.
    await part.settle();
    if (!context.settings.overwrite && isThere(path)) {
      // Somebody else put it there meanwhile.
      await checkPresentFile(path, state, context);
      await part.discard();
      return;
    }
    part.finish(path);
  } catch (error) {
    if (error instanceof DownloadError && error.code === 'CHECKSUM') await part.discard();
    else await part.leave();
    throw error;
  }
  if (context.settings.limits.durable) await context.folderSync.sync();
  context.budget.giveBack();
  state.outcome = 'done';
}

/** Attempts until all bytes are there and right, as often as the retries allow. */
async function fetchBytes(state: FileState, part: PartFile, context: BatchContext): Promise<void> {
  let failuresInARow = 0;
  let timesAgain = 0;
  let wrongChecksums = 0;
  let mostBytes = part.length;
  for (;;) {
    try {
      context.signal.throwIfAborted();
      const outcome = await attemptDownload(state, part, context);
      if (outcome.kind === 'complete') {
        await checkCompleteFile(state, part, context.signal);
        return;
      }
      if (outcome.kind === 'more') continue;
      timesAgain += 1;
      if (timesAgain > MOST_AGAIN) {
        throw new DownloadError('BAD_ANSWER', `${outcome.reason}, again and again`);
      }
      restartFile(state, part, context, outcome.reason);
    } catch (thrown) {
      const error = toDownloadError(thrown);
      if (!error.mayPass) throw error;
      // A connection that is cut again and again gets there too, as long as each brings something.
      const broughtBytes = part.length > mostBytes;
      failuresInARow = broughtBytes ? 1 : failuresInARow + 1;
      // Such a try costs the others nothing.
      if (broughtBytes) context.budget.giveBack();
      mostBytes = Math.max(mostBytes, part.length);
      if (error.code === 'CHECKSUM') {
        wrongChecksums += 1;
        if (wrongChecksums === MOST_WRONG_CHECKSUMS) throw error;
        restartFile(state, part, context, 'its checksum was wrong');
      }
      // Where the pause does not end, nothing of what came is lost.
      if (part.length > 0) await part.checkpoint();
      await waitForRetry(error, failuresInARow, state, context);
    }
  }
}

async function waitForRetry(
  error: DownloadError,
  failuresInARow: number,
  { file, attempts }: FileState,
  context: BatchContext,
): Promise<void> {
  const { settings, budget, signal } = context;
  const { index, name } = file;
  const retryAfterMs = parseRetryAfter(error.retryAfter, Date.now());
  if (failuresInARow > settings.retries) throw givenUp(error, `given up after ${attempts} tries`);
  if (retryAfterMs !== undefined && retryAfterMs > LONGEST_RETRY_AFTER_MS) {
    const when =
      retryAfterMs > DAY_MS ? 'after more than a day' : `in ${formatDuration(retryAfterMs)}`;
    throw givenUp(error, `it asks to come back ${when}`);
  }
  if (!budget.take()) throw givenUp(error, 'not tried again: the retries of the batch are used up');
  const delayMs = retryDelay(failuresInARow, context.random, retryAfterMs);
  context.emit({
    kind: 'retrying',
    index,
    name,
    attempt: attempts + 1,
    delayMs,
    reason: `${name}: ${error.message}`,
  });
  await pauseFor(delayMs, signal);
}

function givenUp({ code, message, cause }: DownloadError, why: string): DownloadError {
  return new DownloadError(code, `${message}; ${why}`, { cause });
}
