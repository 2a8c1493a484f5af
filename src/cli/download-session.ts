import { resolve } from 'node:path';
import { UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import { planFiles, type PlannedFile } from '../download/file-names.js';
import { downloadCodes, runBatch } from './download-batch.js';
import { DOWNLOAD_RENDERERS } from './download-output.js';
import { toDownloadOptions, type DownloadCommandOptions } from './download-command-options.js';
import { openDownloadSource, type DownloadSource } from './download-source.js';
import { strongestExitCode, type ExitCode } from './exit-codes.js';
import { onInterrupt } from './interrupt.js';
import { refuseTooManyOpenFiles } from './open-files-check.js';
import { openOutputFiles, writeOutputFiles } from './output-file.js';

/**
 * Downloads what the words name, with progress on standard error and Ctrl-C as an early end, and reports it.
 *
 * @throws {UsageError} when a word, a list, the folder or an option cannot be used.
 */
export async function runDownload(
  urls: readonly string[],
  options: DownloadCommandOptions,
): Promise<ExitCode> {
  const { output = [], json = false } = options;
  let hasBegun = false;
  const interrupt = onInterrupt(() => hasBegun);
  let source: DownloadSource | undefined;
  try {
    const outputs = await openOutputFiles(output, DOWNLOAD_RENDERERS);
    const how = await toDownloadOptions(options);
    source = await openDownloadSource(urls, options);
    const { items, dir } = source;
    const planned = planFiles(items);
    refuseSamePath(planned, dir, output);
    refuseTooManyOpenFiles(mostAtOnce(planned, options));
    hasBegun = true;
    const run = await runBatch(items, { ...how, dir, signal: interrupt.signal }, json);
    const written = await writeOutputFiles(outputs, run);
    return strongestExitCode([...written, ...downloadCodes(run)]);
  } finally {
    interrupt.stop();
    await source?.close();
  }
}

/**
 * Refuses a report under the name of a file: it is written after the files are there, and would take the place of one.
 *
 * @throws {UsageError} when there is one.
 */
export function refuseSamePath(
  planned: readonly PlannedFile[],
  dir: string | undefined,
  output: readonly string[],
): void {
  const reports = new Set(output.map((path) => resolve(path)));
  const file = planned.find(({ name }) => reports.has(resolve(dir ?? '.', name)));
  if (file === undefined) return;
  throw new UsageError(
    `--output: ${quoted(file.name)} is one of the files to download; give the report another name`,
  );
}

function mostAtOnce(
  planned: readonly PlannedFile[],
  { concurrency, perHost }: DownloadCommandOptions,
): number {
  const hosts = new Set(planned.map(({ url }) => url.host)).size;
  return Math.min(planned.length, concurrency, perHost * hosts);
}
