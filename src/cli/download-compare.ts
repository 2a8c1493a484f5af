import { existsSync, rmSync } from 'node:fs';
import { counted } from '../core/format-units.js';
import type { Run } from '../core/run.js';
import { Downloader } from '../download/downloader.js';
import { planFiles } from '../download/file-names.js';
import { keepCopies, type KeptCopies } from '../tasks/download-copies.js';
import { downloadTask, type DownloadTaskSpec } from '../tasks/download-task.js';
import { reportComparison } from './comparison-report.js';
import { printable } from '../report/shown-text.js';
import { toDownloadOptions, type DownloadCommandOptions } from './download-command-options.js';
import { refuseSamePath } from './download-session.js';
import { openDownloadSource, type DownloadSource } from './download-source.js';
import type { ExitCode } from './exit-codes.js';
import type { Target } from './http-target.js';
import { inMeasuringSession } from './measuring-session.js';
import { openOutputFiles, RUN_RENDERERS } from './output-file.js';
import { remark } from './terminal.js';

// Threads may be writing there still.
const REMOVING = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 };

/**
 * Downloads the same files synchronously one after another and asynchronously together, and reports which was faster, by how
 * many times. The files are there afterwards, each once.
 *
 * @throws {UsageError} when a word, a list, the folder or an option cannot be used.
 */
export async function runDownloadComparison(
  urls: readonly string[],
  options: DownloadCommandOptions,
): Promise<ExitCode> {
  const { output = [], rounds, json = false } = options;
  const files = await openOutputFiles<Run>(output, RUN_RENDERERS);
  return inMeasuringSession(
    () => openFiles(urls, options),
    1,
    async (measure) =>
      reportComparison(await measure({ rounds }), { files, expectations: [], json }),
  );
}

async function openFiles(
  urls: readonly string[],
  options: DownloadCommandOptions,
): Promise<Target> {
  const how = await toDownloadOptions(options);
  const source = await openDownloadSource(urls, options);
  try {
    refuseSamePath(planFiles(source.items), source.dir, options.output ?? []);
    const task = downloadTask(source.items, { ...how, dir: source.dir });
    // Whether the folder takes files is told before a round is made for nothing.
    await (await Downloader.open({ ...task.options, dir: task.folder })).close();
    const removeScratch = (): void => rmSync(task.scratch, REMOVING);
    // A second Ctrl-C waits for nothing.
    process.once('exit', removeScratch);
    return { tasks: [task], close: () => close(task, source, removeScratch) };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function close(
  task: DownloadTaskSpec,
  source: DownloadSource,
  removeScratch: () => void,
): Promise<void> {
  let copies: KeptCopies | undefined;
  try {
    copies = await keepCopies(task);
  } finally {
    process.off('exit', removeScratch);
    await source.close();
  }
  // The folder of the practice files is gone by now.
  if (existsSync(task.folder)) tellOf(copies, task.folder);
}

function tellOf({ kept, present, faults }: KeptCopies, folder: string): void {
  const texts = [...faults];
  if (kept.length > 0) texts.push(`${counted(kept.length, 'file')} in ${folder}`);
  if (present.length > 0) {
    texts.push(
      `${counted(present.length, 'file')} there before and as before; --overwrite replaces`,
    );
  }
  for (const text of texts) remark(printable(text));
}
