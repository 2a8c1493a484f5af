import { formatDuration } from '../core/format-units.js';
import type { ModeRounds, Round, Run } from '../core/run.js';
import { judge } from '../statistics/verdict.js';
import { drawXAxis, linearScale, type Scale } from './axes.js';
import { drawText, renderSvgFile, WIDTH, type Drawing } from './drawing.js';
import { BAR_HEIGHT, drawBar, drawLaneLegend, partsPhrase } from './lane-svg.js';
import { lanesOf, typicalRound, type Lane } from './lanes.js';
import { looksOf, type Look } from './looks.js';
import { escapeMarkup } from './markup.js';
import { pairSentence } from './sentences.js';
import { axisTicks } from './ticks.js';
import { describeMode, laneLabel, shortDuration } from './timeline-text.js';
import { runTitle } from './what-is-counted.js';

const LEFT = 76;
const RIGHT = WIDTH - 30;
const LEGEND = 26;
const LANE = 12;
const HEADING = 26;
const GAP = 12;
const AXIS = 26;

interface Block {
  readonly mode: ModeRounds;
  readonly look: Look;
  readonly round: Round;
  readonly lanes: readonly Lane[];
  readonly top: number;
}

/** The calls of every mode on a common time axis as an SVG file. */
export function renderTimelineSvg(run: Run): string {
  return renderSvgFile(drawTimeline(run));
}

/**
 * The calls of every mode on a common time axis, each a lane: a thin line while it queues for its turn, an outline while its
 * connection is set up, full while it waits for its answer, dark while that comes in.
 */
export function drawTimeline(run: Run, chosen: ChooseRound = typicalRound): Drawing {
  const verdict = judge(run);
  const best = verdict?.pairs.find((pair) => pair.name === verdict.fastest) ?? verdict?.pairs[0];
  const { blocks, bottom } = stack(run, chosen);
  const endMs = Math.max(1e-3, ...blocks.flatMap(({ lanes }) => lanes.map((lane) => lane.endMs)));
  const toX = linearScale(0, endMs, LEFT, RIGHT);
  const ticks = axisTicks(endMs, 8).map((value) => ({
    value,
    label: value === 0 ? '0' : shortDuration(value),
  }));
  return {
    title: runTitle(run),
    description:
      verdict === undefined || best === undefined ? '' : pairSentence(best, verdict.baseline),
    width: WIDTH,
    height: bottom + AXIS,
    elements: [
      ...drawLaneLegend(
        blocks.flatMap((block) => block.lanes),
        LEFT,
      ),
      ...drawXAxis(ticks, toX, { left: LEFT, right: RIGHT, top: LEGEND, bottom }),
      ...blocks.flatMap((block) => drawBlock(block, toX)),
    ],
  };
}

/** Which round of a mode is drawn; a mode of which none is chosen is left out. */
export type ChooseRound = (mode: ModeRounds) => Round | undefined;

function stack(run: Run, chosen: ChooseRound): { blocks: Block[]; bottom: number } {
  const { modes } = run.measured;
  const looks = looksOf(modes.map(({ mode }) => mode));
  const blocks: Block[] = [];
  let top = LEGEND;
  modes.forEach((mode, index) => {
    const drawn = chosen(mode);
    const look = looks[index];
    if (drawn === undefined || look === undefined) return;
    const lanes = lanesOf(drawn);
    blocks.push({ mode, look, round: drawn, lanes, top });
    top += HEADING + lanes.length * LANE + GAP;
  });
  return { blocks, bottom: top };
}

function drawBlock({ mode, look, round: drawn, lanes, top }: Block, toX: Scale): string[] {
  const heading = drawText({ x: LEFT, y: top + 17, text: mode.name, strong: true });
  const described = `${describeMode(mode)}: ${formatDuration(drawn.wallMs)}`;
  return [
    heading,
    drawText({ x: LEFT + 10 + mode.name.length * 7.2, y: top + 17, text: described, soft: true }),
    ...lanes.map((lane, row) => drawLane(lane, look, top + HEADING + row * LANE, toX)),
  ];
}

function drawLane(lane: Lane, look: Look, y: number, toX: Scale): string {
  const label = laneLabel(lane);
  const took = `${formatDuration(lane.startMs)} to ${formatDuration(lane.endMs)}`;
  const failed = lane.failed === 0 ? '' : `, ${lane.failed} failed`;
  return (
    drawText({ x: LEFT - 8, y: y + BAR_HEIGHT, text: label, anchor: 'end', size: 9, soft: true }) +
    `<g><title>${escapeMarkup(`${label}: ${took}${partsPhrase(lane)}${failed}`)}</title>` +
    `${drawBar(lane, look, y, toX)}</g>`
  );
}
