import { formatCount, formatDuration, formatRatio } from '../core/format-units.js';
import { drawXAxis, drawYAxis, logScale, type Field, type Scale } from './axes.js';
import { drawCurve, drawCurveLegend, type Point } from './curves.js';
import { drawText, renderSvgFile, round, WIDTH, type Drawing } from './drawing.js';
import { drawMarker, type Look } from './looks.js';
import type { SweepPicture } from './sweep-picture.js';
import { logTicks } from './ticks.js';
import { shortDuration } from './timeline-text.js';

const LEFT = 84;
const RIGHT = WIDTH - 30;
const LEGEND = 470;
const GAIN: Field = { left: LEFT, right: RIGHT, top: 48, bottom: 268 };
const LATENCY: Field = { left: LEFT, right: RIGHT, top: 324, bottom: 474 };
const HEIGHT = 514;
const MODEL_POINTS = 100;

const MEASURED: Look = { colour: '#009e73', dash: 'none', marker: 'circle' };
const IDEAL: Look = { colour: '#888888', dash: '7 4', marker: 'none' };
const MODEL: Look = { colour: '#0072b2', dash: '2 3', marker: 'none' };
const MEDIAN: Look = { colour: '#0072b2', dash: 'none', marker: 'square' };
const WORST: Look = { colour: '#d55e00', dash: '6 3', marker: 'triangle' };
const STOP_COLOUR = '#cc79a7';

/** Gain and latency against what is swept over as an SVG file. */
export function renderSweepSvg(picture: SweepPicture): string {
  return renderSvgFile(drawSweep(picture));
}

/**
 * Gain and latency against what is swept over, both axes logarithmic: a gain that keeps step is a straight line, and where it
 * stops the line bends and latency begins to climb.
 */
export function drawSweep(picture: SweepPicture): Drawing {
  const { title, description, levels, stop } = picture;
  const ats = levels.map(({ at }) => at);
  const [least, most] = [Math.min(...ats), Math.max(...ats)];
  const toX = logScale(least * 0.9, most * 1.11, LEFT, RIGHT);
  return {
    title,
    description,
    width: WIDTH,
    height: HEIGHT,
    elements:
      levels.length === 0
        ? []
        : [
            ...(stop === undefined ? [] : drawStop(stop, toX)),
            ...drawGain(picture, toX),
            ...drawLatency(picture, toX),
          ],
  };
}

function drawGain({ levels, model }: SweepPicture, toX: Scale): string[] {
  const measured = levels.map(({ at, gain }): Point => [at, gain]);
  const ideal = levels.map(({ at, ideal: value }): Point => [at, value]);
  const fitted = model === undefined ? [] : sampled(levels, model.gain);
  const toY = scaleOver([...measured, ...ideal, ...fitted], GAIN);
  const ticks = ticksOver([...measured, ...ideal, ...fitted]);
  const legend: [string, Look][] = [
    ['measured', MEASURED],
    ['ideal', IDEAL],
    ...(model === undefined ? [] : [[model.name, MODEL] as [string, Look]]),
  ];
  return [
    drawText({ x: LEFT, y: 14, text: 'times the throughput of the first level', strong: true }),
    ...drawCurveLegend(legend, LEGEND, 10),
    ...drawLevels(levels, toX, GAIN),
    ...drawYAxis(
      ticks.map((value) => ({ value, label: formatGain(value) })),
      toY,
      GAIN,
    ),
    drawCurve(ideal, IDEAL, toX, toY),
    ...(model === undefined ? [] : [drawCurve(fitted, MODEL, toX, toY)]),
    drawCurve(measured, MEASURED, toX, toY),
    ...levels.map(
      ({ at, gain }) =>
        `<g><title>${formatCount(at)}: ${formatRatio(gain)}</title>${drawMarker(MEASURED, toX(at), toY(gain))}</g>`,
    ),
  ];
}

function drawLatency({ levels, axis }: SweepPicture, toX: Scale): string[] {
  const points = (of: 'p50' | 'p99'): Point[] =>
    levels.flatMap(({ at, latency }): Point[] =>
      latency === undefined ? [] : [[at, latency[of]]],
    );
  const curves = [
    { name: 'p50', look: MEDIAN, values: points('p50') },
    { name: 'p99', look: WORST, values: points('p99') },
  ];
  const all = curves.flatMap(({ values }) => values);
  if (all.length === 0) return [];
  const toY = scaleOver(all, LATENCY);
  return [
    drawText({ x: LEFT, y: LATENCY.top - 12, text: 'latency of a call', strong: true }),
    ...drawCurveLegend(
      curves.map(({ name, look }) => [name, look]),
      LEGEND,
      LATENCY.top - 16,
    ),
    ...drawLevels(levels, toX, LATENCY),
    ...drawYAxis(
      ticksOver(all).map((value) => ({ value, label: shortDuration(value) })),
      toY,
      LATENCY,
    ),
    ...curves.map(({ values, look }) => drawCurve(values, look, toX, toY)),
    ...curves.flatMap(({ values, look, name }) =>
      values.map(
        ([at, value]) =>
          `<g><title>${formatCount(at)}: ${name} ${formatDuration(value)}</title>${drawMarker(look, toX(at), toY(value))}</g>`,
      ),
    ),
    drawText({ x: RIGHT, y: LATENCY.bottom + 34, text: axis, anchor: 'end', soft: true }),
  ];
}

function drawStop({ at, range, label }: NonNullable<SweepPicture['stop']>, toX: Scale): string[] {
  const [low, high] = range.map((value) => Math.min(Math.max(toX(value), LEFT), RIGHT));
  const x = round(toX(at));
  const width = round(Math.max((high ?? x) - (low ?? x), 1));
  const isLeft = x < (LEFT + RIGHT) / 2;
  return [
    `<rect x="${round(low ?? x)}" y="${GAIN.top}" width="${width}" height="${LATENCY.bottom - GAIN.top}" fill="${STOP_COLOUR}" fill-opacity="0.18"/>`,
    `<path d="M ${x} ${GAIN.top} V ${LATENCY.bottom}" stroke="${STOP_COLOUR}" stroke-width="2" stroke-dasharray="10 3" fill="none"/>`,
    drawText({
      x: isLeft ? x - 3 : x + 3,
      y: GAIN.top - 8,
      text: label,
      anchor: isLeft ? 'start' : 'end',
      strong: true,
    }),
  ];
}

// Every level has its mark, as long as the numbers do not run into one another.
function drawLevels(levels: SweepPicture['levels'], toX: Scale, field: Field): string[] {
  let free = Number.NEGATIVE_INFINITY;
  const ticks = levels.map(({ at }) => {
    const label = formatCount(at);
    const half = label.length * 3.6;
    const fits = toX(at) - half > free;
    if (fits) free = toX(at) + half + 6;
    return { value: at, label: fits ? label : '' };
  });
  return drawXAxis(ticks, toX, field);
}

function sampled(levels: SweepPicture['levels'], gain: (at: number) => number): Point[] {
  const [least, most] = [levels[0]?.at ?? 1, levels.at(-1)?.at ?? 1];
  return Array.from({ length: MODEL_POINTS + 1 }, (_, index): Point => {
    const at = least * (most / least) ** (index / MODEL_POINTS);
    return [at, gain(at)];
  });
}

function rangeOf(points: readonly Point[]): [number, number] {
  const values = points.map(([, value]) => value).filter((value) => value > 0);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return [least / 1.15, most * 1.15];
}

function scaleOver(points: readonly Point[], field: Field): Scale {
  return logScale(...rangeOf(points), field.bottom, field.top);
}

function ticksOver(points: readonly Point[]): number[] {
  return logTicks(...rangeOf(points), 9);
}

function formatGain(gain: number): string {
  return `${gain >= 1 ? formatCount(gain) : gain}x`;
}
