import { formatCount, formatRatio } from '../core/format-units.js';
import type { ModeRounds, Run } from '../core/run.js';
import { predictions, type Prediction } from '../statistics/predictions.js';
import { drawXAxis, linearScale, type Scale } from './axes.js';
import { drawText, round, WIDTH, type Drawing } from './drawing.js';
import { looksOf, type Look } from './looks.js';
import { taskTitle } from './what-is-counted.js';
import { axisTicks } from './ticks.js';

const LEFT = 200;
const RIGHT = WIDTH - 70;
const TOP = 30;
const ROW = 26;
const BAR = 14;

/**
 * Prediction beside measurement: a bar for each measured ratio with a line for its interval, an upright line at the ideal, a
 * diamond at what was predicted from half the calls.
 */
export function drawPredictions(run: Run): Drawing {
  const all = predictions(run);
  const baseline = all[0]?.baseline ?? '';
  const most = Math.max(1, ...all.flatMap((row) => valuesOf(row)));
  const bottom = TOP + all.length * ROW + 6;
  const toX = linearScale(0, most, LEFT, RIGHT);
  const lookFor = lookup(run.measured.modes);
  const ticks = axisTicks(most, 8).map((value) => ({ value, label: `${value}x` }));
  return {
    title: `Times as fast as ${baseline}: ${taskTitle(run)}`,
    description: all.map((row) => describe(row)).join('; '),
    width: WIDTH,
    height: bottom + 26,
    elements: [
      ...drawLegend(all),
      ...drawXAxis(ticks, toX, { left: LEFT, right: RIGHT, top: TOP, bottom }),
      ...all.flatMap((row, index) => drawRow(row, lookFor(row.name), TOP + 6 + index * ROW, toX)),
    ],
  };
}

function lookup(modes: readonly ModeRounds[]): (name: string) => Look | undefined {
  const looks = looksOf(modes.map(({ mode }) => mode));
  return (name) => looks[modes.findIndex((mode) => mode.name === name)];
}

function valuesOf({ ideal, predicted, measured }: Prediction): number[] {
  const upper = measured?.interval?.[1] ?? measured?.ratio;
  return [ideal, predicted, upper].filter((value) => value !== undefined);
}

function describe({ name, number, ideal, predicted, measured }: Prediction): string {
  const parts = [
    ideal === undefined ? undefined : `ideal ${formatRatio(ideal)}`,
    predicted === undefined ? undefined : `predicted ${formatRatio(predicted)}`,
    measured === undefined ? 'not measured' : `measured ${formatRatio(measured.ratio)}`,
  ];
  const told = parts.filter((part) => part !== undefined).join(', ');
  return `${name} with ${formatCount(number)} calls: ${told}`;
}

function drawRow(row: Prediction, look: Look | undefined, y: number, toX: Scale): string[] {
  const { name, number, ideal, predicted, measured } = row;
  const middle = y + BAR / 2;
  const calls = number === 1 ? '1 call' : `${formatCount(number)} calls`;
  const label = drawText({ x: LEFT - 10, y: middle + 4, text: `${name}, ${calls}`, anchor: 'end' });
  const end = Math.max(...valuesOf(row).map(toX), LEFT);
  const value = measured?.ratio ?? predicted;
  const told = value === undefined ? '' : formatRatio(value);
  return [
    label,
    ...(measured === undefined ? [] : [drawMeasured(measured, look, y, toX)]),
    ...(ideal === undefined ? [] : [drawIdeal(toX(ideal), y)]),
    ...(predicted === undefined ? [] : [drawPredicted(toX(predicted), middle)]),
    drawText({ x: end + 12, y: middle + 4, text: told, strong: measured !== undefined }),
  ];
}

function drawMeasured(
  { ratio, interval }: NonNullable<Prediction['measured']>,
  look: Look | undefined,
  y: number,
  toX: Scale,
): string {
  const bar = `<rect x="${LEFT}" y="${y}" width="${round(toX(ratio) - LEFT)}" height="${BAR}" fill="${look?.colour ?? '#888888'}"/>`;
  if (interval === undefined) return bar;
  const [low, high] = interval.map((bound) => round(toX(bound)));
  const middle = y + BAR / 2;
  return `${bar}<path d="M ${low} ${middle - 4} V ${middle + 4} M ${low} ${middle} H ${high} M ${high} ${middle - 4} V ${middle + 4}" class="ink-line" stroke="#222222" fill="none"/>`;
}

function drawIdeal(x: number, y: number): string {
  return `<path d="M ${round(x)} ${y - 4} V ${y + BAR + 4}" class="ink-line" stroke="#222222" stroke-width="2" fill="none"/>`;
}

function drawPredicted(x: number, y: number): string {
  return `<path d="M ${round(x)} ${y - 6} L ${round(x + 6)} ${y} L ${round(x)} ${y + 6} L ${round(x - 6)} ${y} Z" class="paper ink-line" fill="#ffffff" stroke="#222222" stroke-width="1.5"/>`;
}

function drawLegend(all: readonly Prediction[]): string[] {
  const entries: readonly (readonly [boolean, string, (x: number) => string])[] = [
    [true, 'measured', (x) => `<rect x="${x}" y="4" width="26" height="10" fill="#888888"/>`],
    [
      all.some(({ measured }) => measured?.interval !== undefined),
      '95 % interval',
      (x) =>
        `<path d="M ${x} 5 V 13 M ${x} 9 H ${x + 26} M ${x + 26} 5 V 13" class="ink-line" stroke="#222222" fill="none"/>`,
    ],
    [all.some(({ ideal }) => ideal !== undefined), 'ideal', (x) => drawIdeal(x + 13, 2)],
    [
      all.some(({ predicted }) => predicted !== undefined),
      'predicted from half the calls',
      (x) => drawPredicted(x + 13, 9),
    ],
  ];
  let x = LEFT;
  return entries.flatMap(([shown, label, draw]) => {
    if (!shown) return [];
    const drawn = [draw(x), drawText({ x: x + 34, y: 13, text: label, soft: true })];
    x += 52 + label.length * 6.5;
    return drawn;
  });
}
