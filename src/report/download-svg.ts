import type { DownloadRun } from '../core/download.js';
import { formatDuration, formatSize } from '../core/format-units.js';
import { summarizeDownload } from '../statistics/download-summary.js';
import { drawXAxis, linearScale, type Scale } from './axes.js';
import { downloadLanes, slowestSentence, type DownloadLane } from './download-lanes.js';
import { downloadHeadline, downloadTitle } from './download-sentences.js';
import { drawText, renderSvgFile, round, WIDTH, type Drawing } from './drawing.js';
import { BAR_HEIGHT, drawBar, drawSamples } from './lane-svg.js';
import type { Lane } from './lanes.js';
import { looksOf, type Look } from './looks.js';
import { escapeMarkup } from './markup.js';
import { printableRun } from './shown-text.js';
import { axisTicks } from './ticks.js';
import { shortDuration } from './timeline-text.js';

/** Most files that are drawn. */
export const MOST_DRAWN = 40;

const LEFT = 190;
const RIGHT = WIDTH - 64;
const LEGEND = 26;
const LANE = 12;
const AXIS = 26;
const LABEL_LETTERS = 28;
const FALLBACK: Look = { colour: '#009e73', dash: 'none', marker: 'circle' };

/** When each file was asked for and came, as an SVG file. */
export function renderDownloadSvg(run: DownloadRun): string {
  return renderSvgFile(drawDownload(run));
}

/**
 * When each file was asked for and came, a lane a file: a thin line while it waits for its turn, an outline from its first
 * request until its answer begins, full while that comes in, dashed where it failed. Over forty files those that took longest.
 */
export function drawDownload(observed: DownloadRun): Drawing {
  const run = printableRun(observed);
  const lanes = downloadLanes(run, MOST_DRAWN, LABEL_LETTERS);
  const [look = FALLBACK] = looksOf(['async']);
  const endMs = Math.max(1e-3, ...lanes.map((lane) => lane.endMs));
  const toX = linearScale(0, endMs, LEFT, RIGHT);
  const bottom = LEGEND + lanes.length * LANE + 4;
  const sentences = [
    `${downloadHeadline(run, summarizeDownload(run))}.`,
    slowestSentence(run, MOST_DRAWN),
  ];
  const ticks = axisTicks(endMs, 8).map((value) => ({
    value,
    label: value === 0 ? '0' : shortDuration(value),
  }));
  return {
    title: downloadTitle(run),
    description: sentences.filter((text) => text !== undefined).join(' '),
    width: WIDTH,
    height: lanes.length === 0 ? 8 : bottom + AXIS,
    elements:
      lanes.length === 0
        ? []
        : [
            ...drawSamples(legendOf(lanes), LEFT),
            ...drawXAxis(ticks, toX, { left: LEFT, right: RIGHT, top: LEGEND, bottom }),
            ...lanes.map((lane, row) => drawLane(lane, look, LEGEND + 4 + row * LANE, toX)),
          ],
  };
}

// Only what can be seen is explained.
function legendOf(lanes: readonly DownloadLane[]): [string, Lane][] {
  const sample: Lane = { first: 0, last: 0, startMs: 0, endMs: 1, failed: 0, parts: undefined };
  const asked = { connectedMs: 1, firstByteMs: 1 };
  return [
    ...(lanes.some(({ startMs }) => startMs > 0)
      ? [['waiting for its turn', { ...sample, startMs: 1 }] satisfies [string, Lane]]
      : []),
    ['asked for', { ...sample, parts: asked }],
    ['coming in', sample],
    ...(lanes.some(({ note }) => note === 'failed')
      ? [['failed', { ...sample, failed: 1 }] satisfies [string, Lane]]
      : []),
  ];
}

function drawLane(lane: DownloadLane, look: Look, y: number, toX: Scale): string {
  const { label, endMs, note } = lane;
  const [left, right] = [LEFT - 8, Math.min(toX(endMs), RIGHT) + 5];
  return (
    drawText({ x: left, y: y + BAR_HEIGHT, text: label, anchor: 'end', size: 10, soft: true }) +
    `<g><title>${escapeMarkup(told(lane))}</title>${drawFile(lane, look, y, toX)}</g>` +
    (note === '' ? '' : drawText({ x: right, y: y + BAR_HEIGHT, text: note, size: 10, soft: true }))
  );
}

function drawFile(lane: DownloadLane, look: Look, y: number, toX: Scale): string {
  const { startMs, answerMs, endMs, note } = lane;
  if (note === 'not begun') {
    const middle = y + BAR_HEIGHT / 2;
    return `<line x1="${round(toX(0))}" y1="${middle}" x2="${round(toX(endMs))}" y2="${middle}" stroke="${look.colour}" stroke-dasharray="1 3"/>`;
  }
  const parts = { connectedMs: answerMs, firstByteMs: endMs };
  const failed = note === 'failed' ? 1 : 0;
  return drawBar({ first: 0, last: 0, startMs, endMs, failed, parts }, look, y, toX);
}

function told({ file, startMs, answerMs, endMs, note }: DownloadLane): string {
  if (note === 'not begun') return `${file.name}: not begun`;
  const size = file.sizeBytes === undefined ? '' : `, ${formatSize(file.sizeBytes)}`;
  const answered =
    file.firstByteMs === undefined ? '' : `, answered after ${formatDuration(answerMs - startMs)}`;
  const end = note === '' ? '' : `, ${note}`;
  return `${file.name}${size}: ${formatDuration(startMs)} to ${formatDuration(endMs)}${answered}${end}`;
}
