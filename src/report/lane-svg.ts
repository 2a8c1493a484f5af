import { formatDuration } from '../core/format-units.js';
import { linearScale, type Scale } from './axes.js';
import { drawText, round } from './drawing.js';
import type { Lane } from './lanes.js';
import type { Look } from './looks.js';

/** How high the bar of a lane is, in pixels. */
export const BAR_HEIGHT = 8;

const SAMPLE_LOOK: Look = { colour: '#888888', dash: 'none', marker: 'square' };

/** What the parts of the lanes mean, in one line from `left` on. Only what can be drawn is explained. */
export function drawLaneLegend(lanes: readonly Lane[], left: number): string[] {
  const parts = { connectedMs: 0.5, firstByteMs: 0.5 };
  const lane: Lane = { first: 0, last: 0, startMs: 0, endMs: 1, failed: 0, parts: undefined };
  const told = lanes.some((other) => other.parts !== undefined);
  const allTold = lanes.every((other) => other.parts !== undefined || other.failed > 0);
  const samples: readonly (readonly [boolean, string, Lane])[] = [
    [lanes.some((other) => other.startMs > 0), 'queue', { ...lane, startMs: 0.7 }],
    [lanes.some(connects), 'connect', { ...lane, parts: { connectedMs: 1, firstByteMs: 1 } }],
    [true, allTold ? 'wait' : told ? 'wait, or the whole call' : 'call', lane],
    [told, 'receive', { ...lane, parts: { connectedMs: 0, firstByteMs: 0 } }],
    [lanes.some((other) => other.failed > 0), 'failed', { ...lane, failed: 1, parts }],
  ];
  return drawSamples(
    samples.flatMap(([shown, label, sample]) => (shown ? [[label, sample] as const] : [])),
    left,
  );
}

/** Short lanes beside what they mean, in one line from `left` on. Each ends at 1. */
export function drawSamples(
  samples: readonly (readonly [label: string, lane: Lane])[],
  left: number,
): string[] {
  let x = left;
  return samples.flatMap(([label, sample]) => {
    const bar = drawBar(sample, SAMPLE_LOOK, 4, linearScale(0, 1, x, x + 26));
    const text = drawText({ x: x + 32, y: 12, text: label, soft: true });
    x += 50 + label.length * 6.5;
    return [bar, text];
  });
}

function connects({ startMs, parts }: Lane): boolean {
  return parts !== undefined && parts.connectedMs > startMs;
}

/** One lane: the line of its queueing and the bar of its call, whose top is at `y`. */
export function drawBar(lane: Lane, { colour }: Look, y: number, toX: Scale): string {
  const { startMs, endMs, failed, parts } = lane;
  const middle = y + BAR_HEIGHT / 2;
  const queue =
    toX(startMs) - toX(0) < 1
      ? ''
      : `<line x1="${round(toX(0))}" y1="${middle}" x2="${round(toX(startMs))}" y2="${middle}" stroke="${colour}" stroke-dasharray="1 3"/>`;
  const outline = `class="paper" fill="#ffffff" stroke="${colour}"`;
  const box = (fromMs: number, toMs: number, look: string): string => {
    const x = round(toX(fromMs));
    const width = round(Math.max(toX(toMs) - x, 1));
    return `<rect x="${x}" y="${y}" width="${width}" height="${BAR_HEIGHT}" ${look}/>`;
  };
  if (failed > 0) return queue + box(startMs, endMs, `${outline} stroke-dasharray="3 2"`);
  if (parts === undefined) return queue + box(startMs, endMs, `fill="${colour}"`);
  const { connectedMs, firstByteMs } = parts;
  // What is less than a pixel wide would only hide what is beside it.
  const isSeen = (fromMs: number, toMs: number): boolean => toX(toMs) - toX(fromMs) >= 1;
  return (
    queue +
    box(startMs, endMs, `fill="${colour}"`) +
    (isSeen(startMs, connectedMs) ? box(startMs, connectedMs, outline) : '') +
    (isSeen(firstByteMs, endMs) ? box(firstByteMs, endMs, 'class="receive" fill="#222222"') : '')
  );
}

/** The parts of a call in words; nothing where it told of none. */
export function partsPhrase({ startMs, endMs, parts }: Lane): string {
  if (parts === undefined) return '';
  const { connectedMs, firstByteMs } = parts;
  const connect = connectedMs > startMs ? `, connect ${formatDuration(connectedMs - startMs)}` : '';
  return (
    `${connect}, wait ${formatDuration(firstByteMs - connectedMs)}, ` +
    `receive ${formatDuration(endMs - firstByteMs)}`
  );
}
