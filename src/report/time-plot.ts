import type { Milliseconds } from '../core/units.js';
import { drawXAxis, drawYAxis, linearScale, type Field, type Scale } from './axes.js';
import { drawCurve, drawCurveLegend, type Point } from './curves.js';
import { drawText } from './drawing.js';
import { drawMarker, type Look } from './looks.js';
import { axisTicks } from './ticks.js';
import { shortDuration } from './timeline-text.js';

const LEGEND = 470;
// A curve of more points is told from the others by its dashes.
const MOST_MARKERS = 24;

/** How one figure went over time. */
interface TimeCurve {
  readonly name: string;
  readonly look: Look;
  /** `undefined` where there is nothing to draw, which leaves a gap. */
  readonly values: readonly (number | undefined)[];
}

/** Curves with one unit, on one pair of axes. */
export interface TimePlot {
  readonly title: string;
  readonly curves: readonly TimeCurve[];
  readonly format: (value: number) => string;
}

/** The time that several plots have in common. */
export interface TimeAxis {
  /** When each value of a curve was taken. */
  readonly middles: readonly Milliseconds[];
  readonly wallMs: Milliseconds;
  readonly toX: Scale;
}

/** The plot in its field, its legend above it. */
export function drawTimePlot(
  { title, curves, format }: TimePlot,
  { middles, wallMs, toX }: TimeAxis,
  field: Field,
): string[] {
  const most = Math.max(...curves.flatMap(({ values }) => values.map((value) => value ?? 0))) || 1;
  const toY = linearScale(0, most * 1.05, field.bottom, field.top);
  const times = axisTicks(wallMs, 8).map((value) => ({
    value,
    label: value === 0 ? '0' : shortDuration(value),
  }));
  const ticks = axisTicks(most, 4).map((value) => ({ value, label: format(value) }));
  return [
    drawText({ x: field.left, y: field.top - 12, text: title, strong: true }),
    ...(curves.length === 1
      ? []
      : drawCurveLegend(
          curves.map(({ name, look }) => [name, look]),
          LEGEND,
          field.top - 16,
        )),
    ...drawXAxis(times, toX, field),
    ...drawYAxis(
      ticks.filter(({ label }, at) => label !== ticks[at - 1]?.label),
      toY,
      field,
    ),
    ...curves.flatMap(({ look, values: drawn }) =>
      unbroken(drawn, middles).map((points) => {
        // A single point has no line, and would not be seen without its mark.
        const isMarked = middles.length <= MOST_MARKERS || points.length === 1;
        const marks = isMarked ? points.map(([x, y]) => drawMarker(look, toX(x), toY(y))) : [];
        return drawCurve(points, look, toX, toY) + marks.join('');
      }),
    ),
  ];
}

// What lies between two gaps is one curve.
function unbroken(
  values: readonly (number | undefined)[],
  middles: readonly Milliseconds[],
): Point[][] {
  const runs: Point[][] = [[]];
  values.forEach((value, index) => {
    if (value === undefined) runs.push([]);
    else runs.at(-1)?.push([middles[index] ?? 0, value]);
  });
  return runs.filter((points) => points.length > 0);
}
