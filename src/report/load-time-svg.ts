import { formatCount, formatDuration } from '../core/format-units.js';
import type { LoadRun } from '../core/load.js';
import type { Milliseconds } from '../core/units.js';
import { loadStretches } from '../statistics/load-stretches.js';
import type { LoadSummary } from '../statistics/load-summary.js';
import { drawXAxis, drawYAxis, linearScale, type Field, type Scale } from './axes.js';
import { drawCurve, drawCurveLegend, type Point } from './curves.js';
import { drawText, round, WIDTH, type Drawing } from './drawing.js';
import { loadTitle } from './load-sentences.js';
import { drawMarker, type Look } from './looks.js';
import { axisTicks } from './ticks.js';
import { shortDuration } from './timeline-text.js';

const LEFT = 84;
const RIGHT = WIDTH - 30;
const LEGEND = 470;
const PLOT_HEIGHT = 120;
const PLOT_STEP = 186;
const FIRST_TOP = 34;
// A curve of more points is told from the others by its dashes.
const MOST_MARKERS = 24;

const OK: Look = { colour: '#009e73', dash: 'none', marker: 'circle' };
const FAILED: Look = { colour: '#d55e00', dash: '2 3', marker: 'cross' };
const IN_FLIGHT: Look = { colour: '#cc79a7', dash: 'none', marker: 'diamond' };
const MEDIAN: Look = { colour: '#0072b2', dash: 'none', marker: 'square' };
const WORST: Look = { colour: '#d55e00', dash: '6 3', marker: 'triangle' };

interface Curve {
  readonly name: string;
  readonly look: Look;
  /** `undefined` where there is nothing to draw, which leaves a gap. */
  readonly values: readonly (number | undefined)[];
}

interface Plot {
  readonly title: string;
  readonly curves: readonly Curve[];
  readonly format: (value: number) => string;
}

/**
 * Throughput, calls in flight and latency over the whole time, one plot under the other on one time axis, with what is left
 * out as a warm-up marked. `undefined` where there is too little time to see anything.
 */
export function drawLoadOverTime(run: LoadRun, summary: LoadSummary): Drawing | undefined {
  const stretches = loadStretches(run, 1);
  if (stretches.length < 2 || run.counts.begun === 0) return undefined;
  const toX = linearScale(0, run.wallMs, LEFT, RIGHT);
  const middles = stretches.map(({ fromMs, toMs }) => (fromMs + toMs) / 2);
  const failed = stretches.map(({ failedPerSecond }) => failedPerSecond);
  const from = run.plan.ratePerSecond === undefined ? '' : ', corrected';
  const plots: readonly Plot[] = [
    {
      title: 'calls/s',
      format: formatCount,
      curves: [
        { name: 'ended well', look: OK, values: stretches.map(({ throughput }) => throughput) },
        ...(run.counts.failed === 0 ? [] : [{ name: 'failed', look: FAILED, values: failed }]),
      ],
    },
    {
      title: 'most calls in flight when one began',
      format: formatCount,
      curves: [
        {
          name: 'in flight',
          look: IN_FLIGHT,
          values: stretches.map(({ inFlight }) => inFlight),
        },
      ],
    },
    ...(run.counts.ok === 0
      ? []
      : [
          {
            title: `latency of a call${from}`,
            format: (value: number): string => (value === 0 ? '0' : shortDuration(value)),
            curves: [
              { name: 'p50', look: MEDIAN, values: stretches.map(({ p50 }) => p50) },
              { name: 'p99', look: WORST, values: stretches.map(({ p99 }) => p99) },
            ],
          },
        ]),
  ];
  const bottom = FIRST_TOP + (plots.length - 1) * PLOT_STEP + PLOT_HEIGHT;
  return {
    title: `Over time: ${loadTitle(run)}`,
    description: `${plots.map(({ title }) => title).join(', ')} in stretches of ${formatDuration(run.bucketMs)}`,
    width: WIDTH,
    height: bottom + 44,
    elements: [
      ...drawWarmup(summary.warmup?.durationMs, toX, bottom),
      ...plots.flatMap((plot, index) => drawPlot(plot, index, middles, run.wallMs, toX)),
      drawText({
        x: RIGHT,
        y: bottom + 34,
        text: 'time since the first call',
        anchor: 'end',
        soft: true,
      }),
    ],
  };
}

function drawPlot(
  { title, curves, format }: Plot,
  index: number,
  middles: readonly Milliseconds[],
  wallMs: Milliseconds,
  toX: Scale,
): string[] {
  const top = FIRST_TOP + index * PLOT_STEP;
  const field: Field = { left: LEFT, right: RIGHT, top, bottom: top + PLOT_HEIGHT };
  const most = Math.max(...curves.flatMap(({ values }) => values.map((value) => value ?? 0))) || 1;
  const toY = linearScale(0, most * 1.05, field.bottom, field.top);
  const times = axisTicks(wallMs, 8).map((value) => ({
    value,
    label: value === 0 ? '0' : shortDuration(value),
  }));
  const ticks = axisTicks(most, 4).map((value) => ({ value, label: format(value) }));
  return [
    drawText({ x: LEFT, y: top - 12, text: title, strong: true }),
    ...(curves.length === 1
      ? []
      : drawCurveLegend(
          curves.map(({ name, look }) => [name, look]),
          LEGEND,
          top - 16,
        )),
    ...drawXAxis(times, toX, field),
    ...drawYAxis(
      ticks.filter(({ label }, at) => label !== ticks[at - 1]?.label),
      toY,
      field,
    ),
    ...curves.flatMap(({ look, values: drawn }) =>
      unbroken(drawn, middles).flatMap((points) => [
        drawCurve(points, look, toX, toY),
        // A single point has no line, and would not be seen without its mark.
        ...(middles.length <= MOST_MARKERS || points.length === 1
          ? points.map(([x, y]) => drawMarker(look, toX(x), toY(y)))
          : []),
      ]),
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

function drawWarmup(
  durationMs: Milliseconds | undefined,
  toX: Scale,
  bottom: number,
): readonly string[] {
  if (durationMs === undefined) return [];
  const [left, right] = [toX(0), toX(durationMs)];
  return [
    `<g><title>the first ${formatDuration(durationMs)} are left out as a warm-up</title>` +
      `<rect x="${round(left)}" y="${FIRST_TOP}" width="${round(right - left)}" height="${bottom - FIRST_TOP}" ` +
      'fill="#888888" fill-opacity="0.15"/>' +
      `<path d="M ${round(right)} ${FIRST_TOP} V ${bottom}" stroke="#888888" stroke-dasharray="4 3"/></g>`,
    drawText({ x: right + 4, y: bottom - 6, text: '← warm-up, left out', soft: true }),
  ];
}
