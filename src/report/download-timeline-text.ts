import type { DownloadRun } from '../core/download.js';
import type { Milliseconds } from '../core/units.js';
import { downloadLanes, slowestSentence, type DownloadLane } from './download-lanes.js';
import type { Style } from './style.js';
import { cells, timeAxis } from './timeline-text.js';

const MOST_LANES = 20;
const WIDEST_LABEL = 28;

/**
 * When each file was asked for and came, a bar a file on a common time axis, `width` characters wide; over twenty files
 * those that took longest. Empty when nothing was asked for.
 */
export function renderDownloadTimeline(run: DownloadRun, style: Style, width: number): string {
  const widest = Math.min(WIDEST_LABEL, Math.floor(width / 3));
  const lanes = downloadLanes(run, MOST_LANES, widest).filter(({ note }) => note !== 'not begun');
  if (lanes.length === 0) return '';
  // No clock tells less than a microsecond, and no scale bears a time of next to nothing.
  const endMs = Math.max(1e-3, ...lanes.map((lane) => lane.endMs));
  const labelWidth = Math.max(...lanes.map(({ label }) => label.length));
  const noteWidth = Math.max(...lanes.map(({ note }) => (note === '' ? 0 : note.length + 1)));
  const plot = Math.max(width - labelWidth - 1 - noteWidth, 20);
  const left = slowestSentence(run, MOST_LANES);
  return [
    ...(left === undefined ? [] : [left]),
    ...lanes.map((lane) => {
      const bar = style.mode('async', barOf(lane, endMs, plot));
      const note = lane.note === '' ? '' : ` ${lane.note}`;
      return `${style.faint(lane.label.padStart(labelWidth))} ${bar}${style.warning(note)}`;
    }),
    style.faint(timeAxis(endMs, plot, labelWidth + 1)),
    style.faint(legend(lanes, labelWidth + 1)),
  ].join('\n');
}

function barOf(
  { startMs, answerMs, endMs, note }: DownloadLane,
  wholeMs: Milliseconds,
  plot: number,
): string {
  const scale = plot / wholeMs;
  const from = Math.min(Math.floor(startMs * scale), plot - 1);
  const eighths = Math.max(Math.round(endMs * scale * 8) - from * 8, 1);
  if (note === 'failed') return ' '.repeat(from) + cells(eighths, '░');
  // A bar has at least its last character for the bytes that came.
  const asked = Math.min(Math.round(answerMs * scale) - from, Math.ceil(eighths / 8) - 1);
  const line = '─'.repeat(Math.max(asked, 0));
  return ' '.repeat(from) + line + cells(eighths - line.length * 8, '█');
}

function legend(lanes: readonly DownloadLane[], indent: number): string {
  const failed = lanes.some(({ note }) => note === 'failed') ? '  ░ failed' : '';
  return `${' '.repeat(indent)}─ asked for  █ coming in${failed}`;
}
