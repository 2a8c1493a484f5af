import type { DownloadRun } from '../core/download.js';
import { downloadAll } from '../download/download-all.js';
import type { DownloadItem, DownloadOptions } from '../download/download-options.js';
import { countedFiles } from '../report/download-sentences.js';
import { showDownload } from './download-display.js';
import { printEvent, printRun, remarkOnRun } from './download-output.js';
import { EXIT, type ExitCode } from './exit-codes.js';

/**
 * Downloads the items, with progress on standard error, and prints what came of it: with `json` a line for each event as it
 * comes, otherwise a report.
 *
 * @throws {UsageError} when an item, the folder or an option cannot be used.
 */
export async function runBatch(
  items: readonly DownloadItem[],
  options: DownloadOptions,
  json: boolean,
): Promise<DownloadRun> {
  const display = showDownload(
    `downloading ${countedFiles(items.length)} to ${options.dir ?? '.'}`,
    json,
  );
  let run: DownloadRun | undefined;
  try {
    for await (const event of downloadAll(items, options)) {
      display.take(event);
      if (json) await printEvent(event);
      if (event.kind === 'ended') run = event.run;
    }
  } finally {
    display.stop();
  }
  if (run === undefined) throw new Error('a batch of downloads ended without its last event');
  await (json ? remarkOnRun(run) : printRun(run));
  return run;
}

/** The exit codes that apply to a batch. */
export function downloadCodes({ files, diskFull, interrupted }: DownloadRun): ExitCode[] {
  return [
    ...(files.some(({ outcome }) => outcome === 'failed') ? [EXIT.callsFailed] : []),
    ...(diskFull === undefined ? [] : [EXIT.diskFull]),
    ...(interrupted ? [EXIT.interrupted] : []),
  ];
}
