import type { DownloadRun } from '../core/download.js';
import { formatCount } from '../core/format-units.js';
import type { DownloadSummary } from '../statistics/download-summary.js';

/** Most failed files that a report for people names. */
export const MOST_FAILURES = 10;

/** Why a batch ended before its time; `undefined` when it did not. */
export function downloadStopSentence({ diskFull, interrupted }: DownloadRun): string | undefined {
  if (diskFull !== undefined) return `Stopped because the disk is full: ${closed(diskFull)}`;
  return interrupted ? 'Stopped before the end; what has come is kept.' : undefined;
}

/** Why files are not there, a sentence each, and how many more there are when there are over `most`. */
export function downloadFailureSentences({ files }: DownloadRun, most: number): string[] {
  const failed = files.filter(({ outcome }) => outcome === 'failed');
  const told = failed
    .slice(0, most)
    .map(({ name, failure }) => failure?.message ?? `${name}: failed`);
  const more = failed.length - told.length;
  return more === 0 ? told : [...told, `and ${formatCount(more)} more; --json has them all`];
}

/** What to do next where something is missing; `undefined` when everything is there. */
export function nextStepSentence(run: DownloadRun, summary: DownloadSummary): string | undefined {
  const { failed, stopped, waiting } = summary.outcomes;
  if (failed + stopped + waiting === 0) return undefined;
  const room = run.diskFull === undefined ? 'Run' : 'Make room and run';
  if (stopped + waiting > 0) {
    return `${room} the same command again to go on; what is there is not fetched again.`;
  }
  const which = failed === 1 ? 'the one that failed' : 'those that failed';
  return summary.there === 0
    ? 'Run the same command again for another try.'
    : `Run the same command again to try ${which}; what is there is not fetched again.`;
}

function closed(sentence: string): string {
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}
