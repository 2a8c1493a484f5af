import { unixSeconds } from '../core/clock.js';
import { DownloadError } from '../core/download-error.js';
import type { DownloadEvent, DownloadRun } from '../core/download.js';
import { describeEnvironment } from '../core/environment.js';
import { Downloader, type DownloaderInternals } from './downloader.js';
import type { DownloadItem, DownloadOptions } from './download-options.js';
import { EventStream } from './event-stream.js';
import { planFiles } from './file-names.js';
import { FileState } from './file-state.js';
import { ProgressMeter } from './progress-meter.js';
import { checkSpace } from './space-check.js';
import { eachInTurn } from './turns.js';

const PROGRESS_EVERY_MS = 100;

/**
 * Downloads files into a folder, as many at once as the options allow, and tells what happens. A file has its final name
 * only when it is whole and right; what is not can be gone on with by the same call, also after the process was killed.
 * A file that fails does not stop the others and is told in its `finished`; a full disk stops all. Who stops reading the
 * events stops the batch.
 *
 * ```ts
 * for await (const event of downloadAll([{ url: 'https://example.com/a.iso' }], { dir: 'isos' })) {
 *   if (event.kind === 'finished') console.log(event.file.name, event.file.outcome);
 * }
 * ```
 *
 * @throws {UsageError} at its first step, when an item or an option cannot be used or the folder cannot be written to.
 */
export function downloadAll(
  items: readonly DownloadItem[],
  options: DownloadOptions = {},
): AsyncGenerator<DownloadEvent, void> {
  return downloadBatch(items, options, {});
}

/** The same, with what is not for a user to choose. */
export async function* downloadBatch(
  items: readonly DownloadItem[],
  options: DownloadOptions,
  internals: DownloaderInternals,
): AsyncGenerator<DownloadEvent, void> {
  const files = planFiles(items);
  const events = new EventStream();
  const downloader = await Downloader.open(options, {
    ...internals,
    emit: (event) => events.push(event),
  });
  const states = files.map((file) => new FileState(file));
  const work = downloadStates(states, downloader, options, events).then(
    () => events.end(),
    (error: unknown) => events.end(error),
  );
  try {
    yield* events;
  } finally {
    await downloader.close();
    await work;
  }
}

async function downloadStates(
  states: readonly FileState[],
  downloader: Downloader,
  { signal }: DownloadOptions,
  events: EventStream,
): Promise<void> {
  const { context, settings } = downloader;
  const startedAt = unixSeconds();
  const cpuBefore = process.cpuUsage();
  const meter = new ProgressMeter(states);
  const look = (): void =>
    events.push({ kind: 'progress', progress: meter.look(context.sinceBeginMs()) });
  const timer = setInterval(look, PROGRESS_EVERY_MS);
  try {
    await checkSpaceOrStop(states, downloader);
    await eachInTurn(
      states,
      { total: settings.limits.concurrency, perKey: settings.limits.perHost },
      ({ file }) => file.url.host,
      async (state) => {
        const file = await downloader.download(state.file, state);
        events.push({ kind: 'finished', file });
      },
      () => context.signal.aborted,
    );
  } finally {
    clearInterval(timer);
  }
  look();
  const { user, system } = process.cpuUsage(cpuBefore);
  const run: DownloadRun = {
    startedAt,
    environment: describeEnvironment(),
    folder: settings.dir,
    limits: settings.limits,
    files: states.map((state) => state.record()),
    wallMs: context.sinceBeginMs(),
    cpuMs: { user: user / 1000, system: system / 1000 },
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    retries: context.budget.taken,
    interrupted: signal?.aborted ?? false,
    diskFull: fullDiskOf(context.signal),
  };
  events.push({ kind: 'ended', run });
}

async function checkSpaceOrStop(
  states: readonly FileState[],
  downloader: Downloader,
): Promise<void> {
  try {
    await checkSpace(
      states.map(({ file }) => file),
      downloader.context,
    );
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    downloader.stop(error);
  }
}

function fullDiskOf({ aborted, reason }: AbortSignal): string | undefined {
  const isFull = aborted && reason instanceof DownloadError && reason.code === 'DISK_FULL';
  return isFull ? reason.message : undefined;
}
