import type { DownloadRun } from '../core/download.js';
import { packageVersion } from '../core/version.js';
import { summarizeDownload } from '../statistics/download-summary.js';
import { slowestSentence } from './download-lanes.js';
import {
  downloadFailureSentences,
  downloadStopSentence,
  nextStepSentence,
} from './download-problems.js';
import {
  checkedSentence,
  downloadEffortSentences,
  downloadHeadline,
  downloadSettingsSentence,
  downloadTimeSentences,
  downloadTitle,
  memorySentence,
} from './download-sentences.js';
import { drawDownload } from './download-svg.js';
import { DOWNLOAD_COLUMNS, downloadRows } from './download-table.js';
import { environmentSection } from './environment-html.js';
import { figure, list, paragraph, renderPage, section, table } from './html-page.js';
import { printableRun } from './shown-text.js';

// A page with more rows is no page that anyone reads.
const MOST_ROWS = 1000;
const MOST_NAMED = 100;

/** A batch of downloads as one HTML page that needs nothing beside it: what came of it first, then the picture with its numbers. */
export function renderDownloadHtml(observed: DownloadRun): string {
  const run = printableRun(observed);
  const summary = summarizeDownload(run);
  const stopped = downloadStopSentence(run);
  const failures = downloadFailureSentences(run, MOST_NAMED);
  const told = [
    ...downloadTimeSentences(run, summary),
    ...downloadEffortSentences(run, summary),
    checkedSentence(summary),
    nextStepSentence(run, summary),
    downloadSettingsSentence(run),
    ...(summary.bound === undefined ? [] : [memorySentence(run)]),
  ];
  return renderPage({
    title: downloadTitle(run),
    parts: [
      ...(stopped === undefined ? [] : [paragraph(stopped, 'warning')]),
      paragraph(`${downloadHeadline(run, summary)}.`, 'verdict'),
      ...told.flatMap((text) => (text === undefined ? [] : [paragraph(text)])),
      ...(failures.length === 0 ? [] : [section('What failed', list(failures, 'warning'))]),
      ...fileParts(run),
      environmentSection(run.environment, packageVersion()),
    ],
  });
}

function fileParts(run: DownloadRun): string[] {
  if (run.files.length === 0) return [];
  const caption = ['The files', slowestSentence(run, MOST_ROWS)];
  const numbers = table(
    caption.filter((text) => text !== undefined).join('. '),
    DOWNLOAD_COLUMNS,
    downloadRows(run, MOST_ROWS),
  );
  const drawing = drawDownload(run);
  if (drawing.elements.length === 0) return [section('The files', numbers)];
  const explained =
    'All files are wanted at 0. A file waits for its turn (thin line), is asked for until its answer begins (outline), ' +
    'redirects and retries included, and comes in (full).';
  return [section('When the files came', figure(drawing, explained, numbers))];
}
