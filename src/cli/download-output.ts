import type { DownloadEvent, DownloadRun } from '../core/download.js';
import type { Renderers } from './output-file.js';
import { print, remark, styleFor, widthOf } from './terminal.js';

/** What a batch of downloads can be written as. */
export const DOWNLOAD_RENDERERS: Renderers<DownloadRun> = {
  '.json': async (run) => {
    const { downloadDocument } = await import('../report/download-document.js');
    return `${JSON.stringify(downloadDocument(run))}\n`;
  },
  '.html': async (run) => {
    const { renderDownloadHtml } = await import('../report/download-html.js');
    return renderDownloadHtml(run);
  },
  '.svg': async (run) => {
    const { renderDownloadSvg } = await import('../report/download-svg.js');
    return renderDownloadSvg(run);
  },
  '.md': async (run) => {
    const { renderDownloadMarkdown } = await import('../report/download-markdown.js');
    return renderDownloadMarkdown(run);
  },
};

/** Prints the report of a batch. */
export async function printRun(run: DownloadRun): Promise<void> {
  const { renderDownload } = await import('../report/download-text.js');
  print(renderDownload(run, styleFor(process.stdout, process.env), widthOf(process.stdout)));
}

/** Prints an event as one line of JSON. */
export async function printEvent(event: DownloadEvent): Promise<void> {
  const { downloadEventDocument } = await import('../report/download-event-document.js');
  print(JSON.stringify(downloadEventDocument(event)));
}

/** Says on standard error how a batch ended before its end, and how to go on; a printed report has that in it. */
export async function remarkOnRun(run: DownloadRun): Promise<void> {
  const { downloadStopSentence, nextStepSentence } = await import('../report/download-problems.js');
  const { summarizeDownload } = await import('../statistics/download-summary.js');
  const { printable } = await import('../report/shown-text.js');
  const sentences = [downloadStopSentence(run), nextStepSentence(run, summarizeDownload(run))];
  for (const text of sentences) if (text !== undefined) remark(printable(text));
}
