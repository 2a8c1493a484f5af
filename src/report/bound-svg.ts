import type { BoundRun } from '../core/bound.js';
import { formatDuration, formatShare } from '../core/format-units.js';
import type { Boundness } from '../statistics/boundness.js';
import { verdictSentence } from './bound-sentences.js';
import { stateShares, type StateShare } from './bound-states.js';
import { projections } from './bound-tables.js';
import { drawText, round, WIDTH, type Drawing } from './drawing.js';

type StateName = StateShare['name'];

const LEFT = 150;
const RIGHT = WIDTH - 90;
const BAR_HEIGHT = 28;
const BAR_STEP = 42;
const TOP = 34;

interface BarPart {
  readonly name: StateName;
  readonly size: number;
  readonly text: string;
}

interface Bar {
  readonly name: string;
  readonly parts: readonly BarPart[];
  /** What stands at the end of the bar. */
  readonly total: string;
}

/** What the time went by with as one bar. */
export function drawStates(bound: Boundness): Drawing {
  const { of = 'all of it', states } = stateShares(bound);
  const parts = states.map(({ name, share }) => ({ name, size: share, text: formatShare(share) }));
  return {
    title: 'What the time went by with',
    description: `${of}: ${parts.map(({ name, text }) => `${text} ${name}`).join(', ')}`,
    ...drawBars([{ name: of, parts, total: '' }]),
  };
}

/** The wall time as measured, with a CPU twice as fast and with I/O twice as fast, a bar each. */
export function drawProjections(run: BoundRun, bound: Boundness): Drawing {
  const bars = projections(run, bound).map(({ name, computingMs, restMs }): Bar => ({
    name,
    parts: [
      { name: 'computing', size: computingMs, text: formatDuration(computingMs) },
      { name: 'waiting or blocked', size: restMs, text: formatDuration(restMs) },
    ],
    total: formatDuration(computingMs + restMs),
  }));
  return {
    title: 'What would help',
    description: `${verdictSentence(bound)} ${bars.map(({ name, total }) => `${name}: ${total}`).join(', ')}`,
    ...drawBars(bars),
  };
}

function drawBars(bars: readonly Bar[]): Omit<Drawing, 'title' | 'description'> {
  const longest = Math.max(...bars.map(({ parts }) => sizeOf(parts))) || 1;
  const scale = (RIGHT - LEFT) / longest;
  const names = [...new Set(bars.flatMap(({ parts }) => parts.map(({ name }) => name)))];
  return {
    width: WIDTH,
    height: TOP + bars.length * BAR_STEP,
    elements: [
      ...drawLegend(names),
      ...bars.flatMap((bar, index) => drawBar(bar, TOP + index * BAR_STEP, scale)),
    ],
  };
}

function drawBar({ name, parts, total }: Bar, y: number, scale: number): string[] {
  let x = LEFT;
  const drawn = parts.flatMap((part) => {
    const width = part.size * scale;
    const piece = drawPart(part.name, x, y, width, BAR_HEIGHT, `${part.name}: ${part.text}`);
    x += width;
    return piece;
  });
  const middle = y + BAR_HEIGHT / 2 + 4;
  return [
    drawText({ x: LEFT - 8, y: middle, text: name, anchor: 'end' }),
    ...drawn,
    drawText({ x: x + 6, y: middle, text: total, strong: true }),
  ];
}

function drawLegend(names: readonly StateName[]): string[] {
  let x = LEFT;
  return names.flatMap((name) => {
    const drawn = [
      drawPart(name, x, 6, 26, 12, name),
      drawText({ x: x + 33, y: 16, text: name, soft: true }),
    ];
    x += 56 + name.length * 6.6;
    return drawn;
  });
}

// Full, hatched and empty, so that nobody needs the colour.
function drawPart(
  name: StateName,
  x: number,
  y: number,
  width: number,
  height: number,
  title: string,
): string {
  const box = `x="${round(x)}" y="${y}" width="${round(width)}" height="${height}"`;
  const tooltip = `<title>${title}</title>`;
  switch (name) {
    case 'computing':
      return `<g>${tooltip}<rect ${box} fill="#0072b2"/></g>`;
    case 'blocked':
      return `<g>${tooltip}<rect ${box} fill="#e69f00" stroke="#d55e00"/>${hatch(x, y, width, height)}</g>`;
    case 'waiting':
    case 'waiting or blocked':
      return `<g>${tooltip}<rect ${box} fill="#56b4e9" fill-opacity="0.2" stroke="#56b4e9"/></g>`;
  }
}

// Upright strokes.
function hatch(x: number, y: number, width: number, height: number): string {
  const strokes = Array.from(
    { length: Math.floor(width / 6) },
    (_, index) => `M ${round(x + 3 + index * 6)} ${y} v ${height}`,
  );
  return `<path d="${strokes.join(' ')}" stroke="#7a3600" fill="none"/>`;
}

function sizeOf(parts: readonly BarPart[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}
