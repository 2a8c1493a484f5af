import { formatCount, formatDuration } from '../core/format-units.js';
import type { Measurement, ModeRounds } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { lanesOf, typicalRound, type Lane } from './lanes.js';
import type { Style } from './style.js';
import { axisTicks } from './ticks.js';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * The calls of every mode on a common time axis, one bar a call, `width` characters wide: the staircase of calls made one
 * after another above the stack of those in flight together. Empty when nothing was measured.
 */
export function renderTimeline(measurement: Measurement, style: Style, width: number): string {
  const drawn = measurement.modes.flatMap((mode) => {
    const round = typicalRound(mode);
    return round === undefined ? [] : [{ mode, lanes: lanesOf(round) }];
  });
  const all = drawn.flatMap(({ lanes }) => lanes);
  if (all.length === 0) return '';
  const endMs = Math.max(...all.map((lane) => lane.endMs));
  const labelWidth = Math.max(...all.map((lane) => laneLabel(lane).length));
  const noteWidth = Math.max(...all.map((lane) => failedNote(lane).length));
  const plot = Math.max(width - labelWidth - 1 - noteWidth, 20);
  const blocks = drawn.map(({ mode, lanes }) => {
    const bars = lanes.map((lane) => {
      const label = style.faint(laneLabel(lane).padStart(labelWidth));
      return `${label} ${style.mode(mode.mode, bar(lane, endMs, plot))}`;
    });
    return [heading(mode, style), ...bars].join('\n');
  });
  return [...blocks, style.faint(timeAxis(endMs, plot, labelWidth + 1))].join('\n');
}

/** What a lane is called: the number of its call, or its first and last; calls are counted from 1 for people. */
export function laneLabel(lane: Lane): string {
  return lane.first === lane.last ? `${lane.first + 1}` : `${lane.first + 1}-${lane.last + 1}`;
}

/** What a mode does, in a few words. */
export function describeMode({ mode, concurrency }: ModeRounds): string {
  switch (mode) {
    case 'sync':
      return 'one after another, the thread is blocked meanwhile';
    case 'sequential':
      return 'awaited one after another, the thread stays free';
    case 'async':
      return `up to ${formatCount(concurrency)} in flight together`;
    case 'loop':
      return `up to ${formatCount(concurrency)} in flight together on our own event loop`;
    case 'threads':
      return `in parallel on ${concurrency === 1 ? '1 thread' : `${formatCount(concurrency)} threads`}`;
    case 'program':
      return 'the whole program, started anew each time';
  }
}

function heading(mode: ModeRounds, style: Style): string {
  return `${style.mode(mode.mode, style.strong(mode.name))}  ${describeMode(mode)}`;
}

function bar(lane: Lane, endMs: Milliseconds, plot: number): string {
  const scale = endMs === 0 ? 0 : plot / endMs;
  const from = Math.min(Math.floor(lane.startMs * scale), plot - 1);
  const eighths = Math.max(Math.round(lane.endMs * scale * 8) - from * 8, 1);
  const full = lane.failed > 0 ? '░' : '█';
  return `${' '.repeat(from)}${cells(eighths, full)}${failedNote(lane)}`;
}

/** So many eighths of a character's width, of the character `full`. */
export function cells(eighths: number, full: string): string {
  return full.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

function failedNote(lane: Lane): string {
  return lane.failed > 0 ? ` ${lane.failed} failed` : '';
}

/** The times under a field of `plot` characters that begins at column `indent` and ends at `endMs`. */
export function timeAxis(endMs: Milliseconds, plot: number, indent: number): string {
  let line = '';
  for (const tick of axisTicks(endMs, Math.max(Math.floor(plot / 12), 1))) {
    const label = tick === 0 ? '0' : shortDuration(tick);
    // The last label may have to move left to end where the axis does.
    const column = Math.min(Math.round((tick / endMs) * plot), plot - label.length);
    if (column >= line.length) line = line.padEnd(column) + label;
  }
  return ' '.repeat(indent) + line;
}

/** A tick's time without trailing zeros: `500 ms`, `1.5 s`. */
export function shortDuration(duration: Milliseconds): string {
  return formatDuration(duration)
    .replace(/(\.\d*?)0+(?= )/, '$1')
    .replace(/\.(?= )/, '');
}
