import { formatCount, formatSize } from '../core/format-units.js';
import type { ActiveDownload, DownloadProgress } from '../core/download.js';
import type { Milliseconds } from '../core/units.js';
import { countedFiles, formatRate } from '../report/download-sentences.js';
import { printable } from '../report/shown-text.js';
import type { Style } from '../report/style.js';
import { cutToWidth, displayedWidth, fitToWidth } from './displayed-text.js';
import { expectedBytes, formatRemaining } from './remaining-time.js';

/** Room on a terminal. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** What a terminal shows of a batch at one moment. */
export interface DownloadFrame {
  readonly lines: readonly string[];
  /** The files that have a line, to keep theirs in the next frame while they are busy. */
  readonly shown: ReadonlySet<number>;
}

/** How far a batch is, and how long it still takes where that is known. */
export interface DownloadMoment {
  readonly progress: DownloadProgress;
  readonly remainingMs: Milliseconds | undefined;
}

const MOST_FILES = 8;
const WIDEST = 100;
const TOTAL_BAR = 20;
const FILE_BAR = 10;
const LONGEST_NAME = 30;
// So many times faster is a file that takes the line of another: lines that come and go cannot be read.
const CLEARLY_FASTER = 1.5;

/**
 * The lines that show a batch: the total, then the busiest files in the order of the batch, then how many more there are.
 * They are at most two fewer than the terminal has rows, and one cell narrower than it.
 */
export function downloadFrame(
  moment: DownloadMoment,
  { columns, rows }: TerminalSize,
  style: Style,
  shownBefore: ReadonlySet<number> = new Set(),
): DownloadFrame {
  const width = Math.max(1, Math.min(columns, WIDEST) - 1);
  const { active } = moment.progress;
  const room = Math.min(MOST_FILES + 1, Math.max(0, rows - 3));
  const busiest = active.length <= room ? active : busiestOf(active, room - 1, shownBefore);
  const files = busiest.toSorted((one, other) => one.index - other.index);
  const more = active.length - files.length;
  const lines = [
    totalLine(moment, width),
    ...fileLines(files, width),
    ...(more > 0 && room > 0
      ? [style.faint(cutToWidth(`  + ${formatCount(more)} more`, width))]
      : []),
  ];
  return {
    lines: lines.slice(0, Math.max(0, rows - 2)),
    shown: new Set(files.map(({ index }) => index)),
  };
}

/** How far a batch is, in one line without a picture. */
export function downloadSentence({ progress, remainingMs }: DownloadMoment): string {
  const { files, finished, failed, receivedBytes, knownBytes, unknownSizes } = progress;
  const known = files > unknownSizes;
  const parts = [
    `${formatCount(finished)} of ${countedFiles(files)}`,
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    formatSize(receivedBytes) + (known ? ` of ${formatSize(knownBytes)}` : ''),
    ...(unknownSizes > 0 ? [`${formatCount(unknownSizes)} of unknown size`] : []),
    formatRate(Math.round(progress.bytesPerSecond)),
    ...(remainingMs === undefined
      ? []
      : [`${about(progress)}${formatRemaining(remainingMs)} left`]),
  ];
  return parts.join(', ');
}

function about({ unknownSizes }: DownloadProgress): string {
  return unknownSizes > 0 ? 'about ' : '';
}

function busiestOf(
  active: readonly ActiveDownload[],
  number: number,
  before: ReadonlySet<number>,
): readonly ActiveDownload[] {
  const weight = ({ index, bytesPerSecond }: ActiveDownload): number =>
    bytesPerSecond * (before.has(index) ? CLEARLY_FASTER : 1);
  return active.toSorted((one, other) => weight(other) - weight(one)).slice(0, Math.max(0, number));
}

function totalLine(moment: DownloadMoment, width: number): string {
  const { progress } = moment;
  const text = downloadSentence(moment);
  const total = expectedBytes(progress);
  const share =
    total === undefined || total === 0
      ? progress.finished / progress.files
      : progress.receivedBytes / total;
  const room = width - displayedWidth(text) - 1;
  return cutToWidth(
    room < FILE_BAR ? text : `${bar(share, Math.min(room, TOTAL_BAR))} ${text}`,
    width,
  );
}

function fileLines(files: readonly ActiveDownload[], width: number): string[] {
  const names = files.map(({ name }) => printable(name));
  const longest = Math.max(0, ...names.map((name) => displayedWidth(name)));
  const nameWidth = Math.min(longest, LONGEST_NAME, Math.max(1, Math.floor(width / 3)));
  return files.map((file, at) => {
    const { receivedBytes, sizeBytes, bytesPerSecond } = file;
    const drawn =
      sizeBytes === undefined
        ? ' '.repeat(FILE_BAR + 5)
        : `${bar(sizeBytes === 0 ? 1 : receivedBytes / sizeBytes, FILE_BAR)} ${percent(receivedBytes, sizeBytes)}`;
    const size =
      sizeBytes === undefined
        ? formatSize(receivedBytes)
        : `${formatSize(receivedBytes)} of ${formatSize(sizeBytes)}`;
    const name = fitToWidth(names[at] ?? '', nameWidth);
    return cutToWidth(
      `  ${name} ${drawn} ${formatRate(Math.round(bytesPerSecond)).padStart(10)}  ${size}`,
      width,
    );
  });
}

function percent(part: number, whole: number): string {
  return `${Math.floor(100 * within(whole === 0 ? 1 : part / whole))}%`.padStart(4);
}

function bar(share: number, cells: number): string {
  const full = Math.floor(within(share) * cells);
  return '█'.repeat(full) + '░'.repeat(cells - full);
}

function within(share: number): number {
  return Math.min(Math.max(share, 0), 1);
}
