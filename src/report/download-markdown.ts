import type { DownloadRun } from '../core/download.js';
import { packageVersion } from '../core/version.js';
import { summarizeDownload } from '../statistics/download-summary.js';
import { slowestSentence } from './download-lanes.js';
import {
  downloadFailureSentences,
  downloadStopSentence,
  MOST_FAILURES,
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
import { MOST_DRAWN } from './download-svg.js';
import { DOWNLOAD_COLUMNS, downloadRows } from './download-table.js';
import { renderDownloadTimeline } from './download-timeline-text.js';
import { codeBlock, escapeMarkdown } from './markdown-text.js';
import { environmentSentence } from './sentences.js';
import { printableRun } from './shown-text.js';
import { PLAIN_STYLE } from './style.js';
import { renderMarkdownTable } from './table.js';

const WIDTH = 80;

/** A batch of downloads as Markdown: what came of it, the picture as text, the files, and where it was measured. */
export function renderDownloadMarkdown(observed: DownloadRun): string {
  const run = printableRun(observed);
  const summary = summarizeDownload(run);
  const timeline = renderDownloadTimeline(run, PLAIN_STYLE, WIDTH);
  const rows = downloadRows(run, MOST_DRAWN).map((row) => row.map((cell) => escapeMarkdown(cell)));
  const failures = downloadFailureSentences(run, MOST_FAILURES);
  const told = [
    downloadStopSentence(run),
    `${downloadHeadline(run, summary)}.`,
    ...downloadTimeSentences(run, summary),
    ...downloadEffortSentences(run, summary),
    checkedSentence(summary),
    downloadSettingsSentence(run),
    summary.bound === undefined ? undefined : memorySentence(run),
  ];
  return [
    `# ${escapeMarkdown(downloadTitle(run))}`,
    ...escaped(told),
    ...(timeline === '' ? [] : [codeBlock(timeline)]),
    ...(failures.length === 0
      ? []
      : [
          escaped(failures)
            .map((text) => `- ${text}`)
            .join('\n'),
        ]),
    ...escaped([nextStepSentence(run, summary), slowestSentence(run, MOST_DRAWN)]),
    ...(rows.length === 0 ? [] : [renderMarkdownTable(DOWNLOAD_COLUMNS, rows)]),
    environmentSentence({ ...run, version: packageVersion() }),
  ]
    .join('\n\n')
    .concat('\n');
}

function escaped(texts: readonly (string | undefined)[]): string[] {
  return texts.flatMap((text) => (text === undefined ? [] : [escapeMarkdown(text)]));
}
