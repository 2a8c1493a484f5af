import { formatCount } from '../core/format-units.js';
import type { SweepVerdict } from '../statistics/sweep-verdict.js';
import type { Style } from './style.js';

const CELLS_A_DOUBLING = 6;
const LINES_A_DOUBLING = 2;
const MOST_LINES = 20;

/**
 * Gain against what is swept over, both doubling from mark to mark: where the gain follows the ideal its points lie on the
 * rising line, and where it stops they go flat. `●` a level, `◆` the stop, `·` the ideal.
 */
export function renderGainPlot(verdict: SweepVerdict, style: Style, width: number): string {
  const { levels, stop } = verdict;
  const last = levels.at(-1);
  if (last === undefined || levels.length < 2) return '';
  const doublings = Math.log2(last.at);
  const label = 6;
  const cells = Math.min(
    CELLS_A_DOUBLING,
    Math.max(2, Math.floor((width - label - 4) / doublings)),
  );
  const lines = Math.min(LINES_A_DOUBLING, Math.max(1, Math.floor(MOST_LINES / doublings)));
  const column = (at: number): number => Math.round(Math.log2(at) * cells);
  const row = (gain: number): number => Math.round(Math.log2(Math.max(gain, 1)) * lines);
  const top = Math.max(...levels.map(({ gain, ideal }) => row(Math.min(ideal, gain * 2))));
  const wide = column(last.at) + 1;
  const grid = Array.from({ length: top + 1 }, () => Array.from({ length: wide }, () => ' '));
  const put = (x: number, y: number, mark: string): void => {
    const line = grid[y];
    if (line !== undefined && x < wide) line[x] = mark;
  };
  for (let x = 0; x < wide; x += 1) put(x, Math.round((x / cells) * lines), '·');
  for (const { at, gain } of levels) put(column(at), row(gain), at === stop.at ? '◆' : '●');
  const drawn = grid.map((line, y) => {
    const isMark = y % lines === 0;
    const text = isMark ? `${formatCount(2 ** (y / lines))}x`.padStart(label) : ' '.repeat(label);
    return `${text} ${isMark ? '┤' : '│'}${line.join('').trimEnd()}`;
  });
  const marks = Array.from({ length: Math.floor(doublings) + 1 }, (_, index) => 2 ** index);
  return [
    ...drawn.toReversed(),
    `${' '.repeat(label)} └${axisLine(marks.map(column), wide)}`,
    `${' '.repeat(label + 2)}${axisLabels(marks, cells)}`,
    style.faint(
      `${' '.repeat(label + 2)}gain against calls in flight: ● measured, ◆ the stop, · the ideal`,
    ),
  ].join('\n');
}

function axisLine(marks: readonly number[], wide: number): string {
  return Array.from({ length: wide }, (_, x) => (marks.includes(x) ? '┴' : '─')).join('');
}

// A label that would touch the one before it is left out.
function axisLabels(marks: readonly number[], cells: number): string {
  let line = '';
  marks.forEach((mark, index) => {
    const text = formatCount(mark);
    const place = index * cells;
    if (place >= line.length + (line === '' ? 0 : 1)) line = line.padEnd(place) + text;
  });
  return line;
}
