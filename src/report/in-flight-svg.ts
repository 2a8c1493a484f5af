import type { Run } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { inFlightSteps, type InFlightStep } from '../statistics/in-flight.js';
import { drawXAxis, drawYAxis, linearScale, type Scale } from './axes.js';
import { drawCurveLegend, stroke } from './curves.js';
import { drawText, renderSvgFile, round, WIDTH, type Drawing } from './drawing.js';
import { typicalRound } from './lanes.js';
import { drawMarker, looksOf, type Look } from './looks.js';

import { axisTicks } from './ticks.js';
import { shortDuration } from './timeline-text.js';
import { nounOf, runTitle } from './what-is-counted.js';

const FIELD = { left: 76, right: WIDTH - 30, top: 34, bottom: 234 };
const HEIGHT = 276;

/** How many calls were in flight over time, a line for each contender, as an SVG file. */
export function renderInFlightSvg(run: Run): string {
  return renderSvgFile(drawInFlight(run));
}

/** How many calls were in flight over time: the typical round of each contender as a line, on common axes. */
export function drawInFlight(run: Run): Drawing {
  const { modes } = run.measured;
  const looks = looksOf(modes.map(({ mode }) => mode));
  const curves = modes.flatMap((mode, index) => {
    const drawn = typicalRound(mode);
    const look = looks[index];
    if (drawn === undefined || look === undefined) return [];
    const steps = inFlightSteps(drawn.calls, drawn.wallMs);
    return [{ name: mode.name, look, steps, wallMs: drawn.wallMs }];
  });
  const endMs = Math.max(1e-3, ...curves.map((curve) => curve.wallMs));
  const tops = curves.map(({ steps }) =>
    steps.reduce((most, step) => Math.max(most, step.inFlight), 0),
  );
  const most = Math.max(1, ...tops);
  const toX = linearScale(0, endMs, FIELD.left, FIELD.right);
  const toY = linearScale(0, most, FIELD.bottom, FIELD.top);
  const yTicks = axisTicks(most, 5).filter((value) => Number.isInteger(value));
  return {
    title: `${nounOf(modes[0]?.task) === 'file' ? 'Files' : 'Calls'} in flight: ${runTitle(run)}`,
    description: curves
      .map(
        ({ name }, index) =>
          `${name} had at most ${(tops[index] ?? 0).toLocaleString('en-US')} in flight`,
      )
      .join(', '),
    width: WIDTH,
    height: HEIGHT,
    elements: [
      ...drawXAxis(
        axisTicks(endMs, 8).map((value) => ({
          value,
          label: value === 0 ? '0' : shortDuration(value),
        })),
        toX,
        FIELD,
      ),
      ...drawYAxis(
        yTicks.map((value) => ({ value, label: value.toLocaleString('en-US') })),
        toY,
        FIELD,
      ),
      drawText({
        x: FIELD.right,
        y: FIELD.bottom + 34,
        text: `time since the first ${nounOf(modes[0]?.task)}`,
        anchor: 'end',
        soft: true,
      }),
      ...drawCurveLegend(
        curves.map(({ name, look }) => [name, look]),
        FIELD.left,
        12,
      ),
      ...curves.map(({ look, steps, wallMs }) => drawSteps(steps, wallMs, look, toX, toY)),
    ],
  };
}

// Of the steps within half a pixel the highest and the last are drawn: a gap that short between two calls is none to the eye.
function drawSteps(
  steps: readonly InFlightStep[],
  wallMs: Milliseconds,
  look: Look,
  toX: Scale,
  toY: Scale,
): string {
  const toPixel = (step: InFlightStep | undefined): number =>
    Math.round(toX(step?.timeMs ?? 0) * 2) / 2;
  const path = [`M ${FIELD.left} ${round(toY(0))}`];
  let top = { x: FIELD.left, y: FIELD.bottom };
  for (let index = 0; index < steps.length;) {
    const x = toPixel(steps[index]);
    let [high, last] = [0, 0];
    for (; index < steps.length && toPixel(steps[index]) === x; index += 1) {
      last = steps[index]?.inFlight ?? 0;
      high = Math.max(high, last);
    }
    path.push(`H ${x} V ${round(toY(high))}`);
    if (last < high) path.push(`V ${round(toY(last))}`);
    if (toY(high) < top.y) top = { x, y: toY(high) };
  }
  path.push(`H ${round(toX(wallMs))}`, `V ${round(toY(0))}`);
  return `<path d="${path.join(' ')}" fill="none" ${stroke(look)}/>${drawMarker(look, top.x, top.y)}`;
}
