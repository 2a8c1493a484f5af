import type { DownloadedFile, DownloadRun } from '../core/download.js';
import { formatCount } from '../core/format-units.js';
import type { Milliseconds } from '../core/units.js';
import { tookMs } from '../statistics/download-summary.js';
import { countedFiles } from './download-sentences.js';
import { shortenMiddle } from './shown-text.js';

/** The bar of a file on a timeline; one that waited for a turn that did not come begins and ends with the batch. */
export interface DownloadLane {
  readonly file: DownloadedFile;
  readonly label: string;
  readonly startMs: Milliseconds;
  /** When its answer began; the end when none did. */
  readonly answerMs: Milliseconds;
  readonly endMs: Milliseconds;
  /** What sets it apart from the others: `failed`, `stopped`, `not begun`. */
  readonly note: '' | 'failed' | 'stopped' | 'not begun';
}

const NOTES = {
  done: '',
  present: '',
  failed: 'failed',
  stopped: 'stopped',
  waiting: 'not begun',
} as const;

/** The lanes of the files for which something was asked, or that still wait; over `most` those that took longest. */
export function downloadLanes(run: DownloadRun, most: number, labelWidth: number): DownloadLane[] {
  const drawn = run.files.filter(
    ({ startMs, outcome }) => startMs !== undefined || outcome === 'waiting',
  );
  return slowestFiles({ ...run, files: drawn }, most).map((file) =>
    laneOf(file, run.wallMs, labelWidth),
  );
}

/** The `most` files that took longest, in their order. */
export function slowestFiles({ files, wallMs }: DownloadRun, most: number): DownloadedFile[] {
  return files
    .toSorted((a, b) => tookMs(b, wallMs) - tookMs(a, wallMs))
    .slice(0, most)
    .toSorted((a, b) => a.index - b.index);
}

/** That not all files are shown; `undefined` when they are. */
export function slowestSentence({ files }: DownloadRun, most: number): string | undefined {
  return files.length <= most
    ? undefined
    : `Of ${countedFiles(files.length)} the ${formatCount(most)} that took longest are shown.`;
}

function laneOf(file: DownloadedFile, wallMs: Milliseconds, labelWidth: number): DownloadLane {
  const { name, outcome, startMs = wallMs, firstByteMs, endMs = wallMs } = file;
  return {
    file,
    label: shortenMiddle(name, labelWidth),
    startMs,
    answerMs: firstByteMs ?? endMs,
    endMs,
    note: NOTES[outcome],
  };
}
