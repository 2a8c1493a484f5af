import { formatDuration } from '../core/format-units.js';
import type { LoadRun } from '../core/load.js';
import type { LoadLatency, LoadSummary } from '../statistics/load-summary.js';
import { drawXAxis, drawYAxis, linearScale, logScale, type Field, type Tick } from './axes.js';
import { drawCurve, drawCurveLegend, type Point } from './curves.js';
import { drawText, WIDTH, type Drawing } from './drawing.js';
import { loadTitle } from './load-sentences.js';
import { drawMarker, type Look } from './looks.js';
import { logTicks, roundOutward } from './ticks.js';
import { shortDuration } from './timeline-text.js';

const FIELD: Field = { left: 84, right: WIDTH - 40, top: 48, bottom: 288 };
const HEIGHT = 336;
const LEGEND = 250;
const POINTS = 240;
const NINES = [0, 0.5, 0.75, 0.9, 0.99, 0.999, 0.9999, 0.99999];

const CORRECTED: Look = { colour: '#d55e00', dash: 'none', marker: 'circle' };
const UNCORRECTED: Look = { colour: '#0072b2', dash: '6 3', marker: 'square' };

/**
 * Latency against percentile: a curve in a closed loop; in an open one two, whose distance is what the calls waited before
 * they could begin. Each further nine of the percentile is equally far to the right, so that the slowest calls, which are
 * few, have room; the latency is logarithmic. `undefined` when no call ended well.
 */
export function drawPercentiles(run: LoadRun, summary: LoadSummary): Drawing | undefined {
  const { latency, service } = summary;
  if (latency === undefined || service === undefined) return undefined;
  const curves: readonly Spectrum[] =
    run.plan.ratePerSecond === undefined
      ? [{ name: 'latency', look: CORRECTED, latency }]
      : [
          { name: 'corrected: from the intended start', look: CORRECTED, latency },
          { name: 'uncorrected: from the actual start', look: UNCORRECTED, latency: service },
        ];
  const count = latency.histogram.count();
  const toX = linearScale(0, placeOfMax(count), FIELD.left, FIELD.right);
  const all = curves.map((curve) => curve.latency);
  const [low, high] = roundOutward(
    Math.min(...all.map(({ min }) => min)),
    Math.max(...all.map(({ max }) => max)),
  );
  const toY = logScale(low, high, FIELD.bottom, FIELD.top);
  return {
    title: `Latency by percentile: ${loadTitle(run)}`,
    description: curves.map(describe).join('; '),
    width: WIDTH,
    height: HEIGHT,
    elements: [
      drawText({ x: FIELD.left, y: 14, text: 'latency of a call', strong: true }),
      ...(curves.length === 1
        ? []
        : drawCurveLegend(
            curves.map(({ name, look }) => [name, look]),
            LEGEND,
            10,
          )),
      ...drawXAxis(percentileTicks(count), toX, FIELD),
      ...drawYAxis(
        logTicks(low, high, 9).map((value) => ({ value, label: shortDuration(value) })),
        toY,
        FIELD,
      ),
      ...curves.map((curve) => drawCurve(pointsOf(curve.latency), curve.look, toX, toY)),
      ...curves.flatMap(({ name, look, latency: drawn }) =>
        marked(count).map(({ value, label }) => {
          const at = latencyAt(drawn, value);
          return `<g><title>${name}, ${label}: ${formatDuration(at)}</title>${drawMarker(look, toX(value), toY(at))}</g>`;
        }),
      ),
      drawText({
        x: FIELD.right,
        y: FIELD.bottom + 36,
        text: 'share of the calls that took no longer',
        anchor: 'end',
        soft: true,
      }),
    ],
  };
}

interface Spectrum {
  readonly name: string;
  readonly look: Look;
  readonly latency: LoadLatency;
}

function describe({ name, latency: { p50, p99, max } }: Spectrum): string {
  const figures = [`p50 ${formatDuration(p50)}`, `p99 ${formatDuration(p99)}`];
  return `${name}: ${figures.join(', ')}, max ${formatDuration(max)}`;
}

// The place of a share is the number of its nines: 0.9 lies at 1, 0.99 at 2. The longest of n calls has the place half a call
// below the share 1, whose own would be infinitely far away.
function placeOf(share: number): number {
  return -Math.log10(1 - share);
}

function placeOfMax(count: number): number {
  return Math.log10(2 * count);
}

function latencyAt({ histogram }: LoadLatency, place: number): number {
  return histogram.percentileMs(1 - 10 ** -place) ?? 0;
}

function pointsOf(latency: LoadLatency): Point[] {
  const end = placeOfMax(latency.histogram.count());
  return Array.from({ length: POINTS + 1 }, (_, index): Point => {
    const place = (end * index) / POINTS;
    return [place, latencyAt(latency, place)];
  });
}

// A percentile of fewer calls than one in its last nine would be the longest call.
function percentileTicks(count: number): Tick[] {
  const shares = NINES.filter((share) => share === 0 || placeOf(share) <= Math.log10(count) + 1e-9);
  return [
    ...shares.map((share) => ({ value: placeOf(share), label: percent(share) })),
    { value: placeOfMax(count), label: 'max' },
  ];
}

function marked(count: number): Tick[] {
  return percentileTicks(count).filter(({ value }) => value > 0);
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}
