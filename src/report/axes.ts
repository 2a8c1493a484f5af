import { drawText, round } from './drawing.js';

/** Where a value lies on a picture, in pixels. */
export type Scale = (value: number) => number;

/** The field of a plot within its picture, in pixels. */
export interface Field {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A mark on an axis. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Equal differences are equally far apart: `from` lies at pixel `start`, `to` at pixel `end`. */
export function linearScale(from: number, to: number, start: number, end: number): Scale {
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

/** Equal factors are equally far apart; everything above 0. */
export function logScale(from: number, to: number, start: number, end: number): Scale {
  const linear = linearScale(Math.log(from), Math.log(to), start, end);
  return (value) => linear(Math.log(value));
}

/** Upright lines with their labels under the field. */
export function drawXAxis(ticks: readonly Tick[], scale: Scale, field: Field): string[] {
  return ticks.map(({ value, label }) => {
    const x = round(scale(value));
    const line = gridLine(x, field.top, x, field.bottom);
    return line + drawText({ x, y: field.bottom + 16, text: label, anchor: 'middle', soft: true });
  });
}

/** Level lines with their labels on the left of the field. */
export function drawYAxis(ticks: readonly Tick[], scale: Scale, field: Field): string[] {
  return ticks.map(({ value, label }) => {
    const y = round(scale(value));
    const line = gridLine(field.left, y, field.right, y);
    return line + drawText({ x: field.left - 6, y: y + 4, text: label, anchor: 'end', soft: true });
  });
}

function gridLine(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" class="grid" stroke="#dddddd"/>`;
}
