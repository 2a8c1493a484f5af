import { formatDuration } from '../core/format-units.js';
import type { ContenderMode, ModeRounds, Run } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { judge } from '../statistics/verdict.js';
import { axisTicks, lanesOf, typicalRound, type Lane } from './lanes.js';
import { countedCalls, pairSentence, taskTitle } from './sentences.js';
import { describeMode, laneLabel, shortDuration } from './timeline-text.js';

const WIDTH = 820;
const TOP = 74;
const LEFT = 70;
const RIGHT = 30;
const LANE = 11;
const BAR = 8;
const HEADING = 26;
const GAP = 10;
// Colours that people who confuse red and green tell apart (Okabe & Ito, "Color Universal Design", 2008).
const COLOURS: Readonly<Record<ContenderMode, string>> = {
  sync: '#e69f00',
  sequential: '#56b4e9',
  async: '#009e73',
  loop: '#cc79a7',
  threads: '#0072b2',
  program: '#56b4e9',
};

interface Block {
  readonly mode: ModeRounds;
  readonly lanes: readonly Lane[];
  readonly wallMs: Milliseconds;
  readonly top: number;
}

/**
 * The calls of every mode on a common time axis as an SVG picture that stands alone: no script, no font or style from
 * elsewhere, readable on a light and a dark page, with a title and a description for those who do not see it.
 */
export function renderTimelineSvg(run: Run): string {
  const verdict = judge(run);
  const best = verdict?.pairs.find((pair) => pair.name === verdict.fastest) ?? verdict?.pairs[0];
  const sentence =
    verdict === undefined || best === undefined ? '' : pairSentence(best, verdict.baseline);
  const title = `${taskTitle(run)}, ${countedCalls(run.measured.number)}`;
  const { blocks, bottom } = stack(run);
  const endMs = Math.max(1e-3, ...blocks.flatMap(({ lanes }) => lanes.map((lane) => lane.endMs)));
  const height = bottom + 44;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escape(title)}</title>`,
    `<desc>${escape(sentence)}</desc>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="16" y="24" font-size="15" font-weight="600" fill="#222222">${escape(title)}</text>`,
    ...sentence
      .split('; ')
      .map(
        (part, row) => `<text x="16" y="${44 + row * 16}" fill="#444444">${escape(part)}</text>`,
      ),
    ...gridLines(endMs, bottom),
    ...blocks.map((block) => renderBlock(block, endMs)),
    '</svg>',
    '',
  ].join('\n');
}

function stack(run: Run): { blocks: Block[]; bottom: number } {
  const blocks: Block[] = [];
  let top = TOP;
  for (const mode of run.measured.modes) {
    const round = typicalRound(mode);
    if (round === undefined) continue;
    const lanes = lanesOf(round);
    blocks.push({ mode, lanes, wallMs: round.wallMs, top });
    top += HEADING + lanes.length * LANE + GAP;
  }
  return { blocks, bottom: top };
}

function gridLines(endMs: Milliseconds, bottom: number): string[] {
  return axisTicks(endMs, 8).map((tick) => {
    const x = toX(tick, endMs);
    const label = tick === 0 ? '0' : shortDuration(tick);
    return (
      `<line x1="${x}" y1="${TOP}" x2="${x}" y2="${bottom}" stroke="#dddddd"/>` +
      `<text x="${x}" y="${bottom + 18}" text-anchor="middle" fill="#444444">${label}</text>`
    );
  });
}

function renderBlock({ mode, lanes, wallMs, top }: Block, endMs: Milliseconds): string {
  const heading =
    `<text x="${LEFT}" y="${top + 17}" fill="#222222"><tspan font-weight="600">${mode.mode}</tspan> ` +
    `${escape(describeMode(mode))}: ${formatDuration(wallMs)}</text>`;
  const bars = lanes.map((lane, row) => {
    const y = top + HEADING + row * LANE;
    const x = toX(lane.startMs, endMs);
    const width = Math.max(toX(lane.endMs, endMs) - x, 1).toFixed(1);
    const look =
      lane.failed === 0
        ? `fill="${COLOURS[mode.mode]}"`
        : `fill="#ffffff" stroke="${COLOURS[mode.mode]}" stroke-dasharray="3 2"`;
    const took = `${formatDuration(lane.startMs)} to ${formatDuration(lane.endMs)}`;
    const failed = lane.failed === 0 ? '' : `, ${lane.failed} failed`;
    return (
      `<text x="${LEFT - 8}" y="${y + BAR}" text-anchor="end" font-size="9" fill="#666666">${laneLabel(lane)}</text>` +
      `<rect x="${x}" y="${y}" width="${width}" height="${BAR}" ${look}><title>${laneLabel(lane)}: ${took}${failed}</title></rect>`
    );
  });
  return [heading, ...bars].join('\n');
}

function toX(time: Milliseconds, endMs: Milliseconds): number {
  return Number((LEFT + (time / endMs) * (WIDTH - LEFT - RIGHT)).toFixed(1));
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
