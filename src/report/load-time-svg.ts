import { formatCount, formatDuration } from '../core/format-units.js';
import type { LoadRun } from '../core/load.js';
import type { Milliseconds } from '../core/units.js';
import { loadStretches } from '../statistics/load-stretches.js';
import type { LoadSummary } from '../statistics/load-summary.js';
import { linearScale, type Field, type Scale } from './axes.js';
import { drawText, round, WIDTH, type Drawing } from './drawing.js';
import { loadTitle } from './load-sentences.js';
import type { Look } from './looks.js';
import { drawTimePlot, type TimeAxis, type TimePlot } from './time-plot.js';
import { shortDuration } from './timeline-text.js';

const LEFT = 84;
const RIGHT = WIDTH - 30;
const PLOT_HEIGHT = 120;
const PLOT_STEP = 186;
const FIRST_TOP = 34;

const OK: Look = { colour: '#009e73', dash: 'none', marker: 'circle' };
const FAILED: Look = { colour: '#d55e00', dash: '2 3', marker: 'cross' };
const IN_FLIGHT: Look = { colour: '#cc79a7', dash: 'none', marker: 'diamond' };
const MEDIAN: Look = { colour: '#0072b2', dash: 'none', marker: 'square' };
const WORST: Look = { colour: '#d55e00', dash: '6 3', marker: 'triangle' };

/**
 * Throughput, calls in flight and latency over the whole time, one plot under the other on one time axis, with what is left
 * out as a warm-up marked. `undefined` where there is too little time to see anything.
 */
export function drawLoadOverTime(run: LoadRun, summary: LoadSummary): Drawing | undefined {
  const stretches = loadStretches(run, 1);
  if (stretches.length < 2 || run.counts.begun === 0) return undefined;
  const toX = linearScale(0, run.wallMs, LEFT, RIGHT);
  const axis: TimeAxis = {
    middles: stretches.map(({ fromMs, toMs }) => (fromMs + toMs) / 2),
    wallMs: run.wallMs,
    toX,
  };
  const failed = stretches.map(({ failedPerSecond }) => failedPerSecond);
  const from = run.plan.ratePerSecond === undefined ? '' : ', corrected';
  const plots: readonly TimePlot[] = [
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
  const { bottom } = fieldOf(plots.length - 1);
  return {
    title: `Over time: ${loadTitle(run)}`,
    description: `${plots.map(({ title }) => title).join(', ')} in stretches of ${formatDuration(run.bucketMs)}`,
    width: WIDTH,
    height: bottom + 44,
    elements: [
      ...drawWarmup(summary.warmup?.durationMs, toX, bottom),
      ...plots.flatMap((plot, index) => drawTimePlot(plot, axis, fieldOf(index))),
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

function fieldOf(index: number): Field {
  const top = FIRST_TOP + index * PLOT_STEP;
  return { left: LEFT, right: RIGHT, top, bottom: top + PLOT_HEIGHT };
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
    drawText({ x: LEFT, y: bottom + 34, text: 'grey: warm-up, left out', soft: true }),
  ];
}
