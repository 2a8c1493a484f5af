import type { DownloadRun } from '../core/download.js';
import { summarizeDownload } from '../statistics/download-summary.js';
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
  downloadTimeSentences,
  memorySentence,
} from './download-sentences.js';
import { renderDownloadTimeline } from './download-timeline-text.js';
import { printableRun } from './shown-text.js';
import type { Style } from './style.js';

/** A batch of downloads for people: what is there and how fast it came, the picture, what is missing. `width` is that of the screen. */
export function renderDownload(observed: DownloadRun, style: Style, width: number): string {
  const run = printableRun(observed);
  const summary = summarizeDownload(run);
  const stopped = downloadStopSentence(run);
  const next = nextStepSentence(run, summary);
  return [
    [
      ...(stopped === undefined ? [] : [style.warning(stopped)]),
      style.strong(downloadHeadline(run, summary)),
      ...downloadTimeSentences(run, summary),
      ...downloadEffortSentences(run, summary),
      checkedSentence(summary),
      summary.bound === undefined ? undefined : style.faint(memorySentence(run)),
    ],
    [renderDownloadTimeline(run, style, width)],
    downloadFailureSentences(run, MOST_FAILURES).map((text) => style.warning(text)),
    [next],
  ]
    .map((lines) => lines.filter((line) => line !== undefined).join('\n'))
    .filter((part) => part !== '')
    .join('\n\n');
}
