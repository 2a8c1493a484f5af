import type { Scale } from './axes.js';
import { drawText, round } from './drawing.js';
import { drawMarker, type Look } from './looks.js';

/** A point of a curve, in the units of its axes. */
export type Point = readonly [x: number, y: number];

/** The points joined by straight lines. */
export function drawCurve(points: readonly Point[], look: Look, toX: Scale, toY: Scale): string {
  const path = points.map(
    ([x, y], index) => `${index === 0 ? 'M' : 'L'} ${round(toX(x))} ${round(toY(y))}`,
  );
  return `<path d="${path.join(' ')}" fill="none" ${stroke(look)}/>`;
}

/** What the curves are called, in one line from `left` on with its middle at `y`. */
export function drawCurveLegend(
  entries: readonly (readonly [name: string, look: Look])[],
  left: number,
  y: number,
): string[] {
  let x = left;
  return entries.flatMap(([name, look]) => {
    const line = `<line x1="${round(x)}" y1="${y}" x2="${round(x + 30)}" y2="${y}" ${stroke(look)}/>`;
    const drawn = [
      line + drawMarker(look, x + 15, y),
      drawText({ x: x + 37, y: y + 4, text: name, soft: true }),
    ];
    x += 56 + name.length * 6.6;
    return drawn;
  });
}

/** The attributes of a line of that look. */
export function stroke({ colour, dash }: Look): string {
  return `stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"`;
}
