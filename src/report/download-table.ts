import type { DownloadedFile, DownloadProof, DownloadRun } from '../core/download.js';
import { formatCount, formatDuration, formatSize } from '../core/format-units.js';
import type { Milliseconds } from '../core/units.js';
import { slowestFiles } from './download-lanes.js';
import { shortenMiddle } from './shown-text.js';
import type { Column } from './table.js';

/** The columns of the table of files. Moments count from the begin of the batch. */
export const DOWNLOAD_COLUMNS: readonly Column[] = [
  { heading: 'file', align: 'left' },
  { heading: 'size', align: 'right' },
  { heading: 'asked for', align: 'right' },
  { heading: 'answered', align: 'right' },
  { heading: 'over', align: 'right' },
  { heading: 'requests', align: 'right' },
  { heading: 'checked by', align: 'left' },
  { heading: '', align: 'left' },
];

// A longer name would push all that is told of the file out of sight; the JSON document has it whole.
const LONGEST_NAME = 36;

const PROOFS: Readonly<Record<DownloadProof, string>> = {
  list: 'checksum, list',
  server: 'checksum, server',
  length: 'length',
  nothing: '-',
};

/** A row a file; over `most` files those that took longest. */
export function downloadRows(run: DownloadRun, most: number): string[][] {
  return slowestFiles(run, most).map((file) => [
    shortenMiddle(file.name, LONGEST_NAME),
    file.sizeBytes === undefined ? '-' : formatSize(file.sizeBytes),
    moment(file.startMs),
    moment(file.firstByteMs),
    moment(file.endMs),
    formatCount(file.attempts),
    isThere(file) ? PROOFS[file.proof] : '-',
    becameOf(file),
  ]);
}

function moment(timeMs: Milliseconds | undefined): string {
  return timeMs === undefined ? '-' : formatDuration(timeMs);
}

function isThere({ outcome }: DownloadedFile): boolean {
  return outcome === 'done' || outcome === 'present';
}

function becameOf({ outcome, failure, resumedBytes }: DownloadedFile): string {
  const resumed = resumedBytes === 0 ? '' : `, ${formatSize(resumedBytes)} of it before`;
  switch (outcome) {
    case 'done':
      return `there${resumed}`;
    case 'present':
      return 'there before';
    case 'failed':
      return failure === undefined ? 'failed' : `failed: ${failure.code}`;
    case 'stopped':
      return 'stopped';
    case 'waiting':
      return 'not begun';
  }
}
