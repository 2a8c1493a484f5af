import { printable } from '../report/shown-text.js';
import type { Style } from '../report/style.js';
import { cutToWidth } from './displayed-text.js';
import { footLines } from './learn-foot.js';
import { pageLines } from './learn-pages.js';
import { paragraph, sentence, type TextLook } from './learn-text.js';
import type { LearnView } from './learn-view.js';

/** A screen, and how far its page is really scrolled. */
export interface LearnFrame {
  /** As many as there are rows, or fewer. */
  readonly lines: readonly string[];
  readonly scrolled: number;
}

interface Size {
  readonly columns: number;
  readonly rows: number;
}

const WIDEST = 100;
// Of the width; what is left has room for the title.
const BAR_SHARE = 1 / 5;
// With fewer rows, what is empty or said elsewhere gives way to the verdict.
const ROOMY_ROWS = 16;

/** What a session shows on a screen of this size: a head, the page with as much of it as there is room for, and a foot. */
export function learnFrame(view: LearnView, { columns, rows }: Size, style: Style): LearnFrame {
  // What clears the rest of a line would clear its last cell.
  const look = { style, width: Math.min(columns - 1, WIDEST) };
  const isRoomy = rows >= ROOMY_ROWS;
  const head = isRoomy ? [...headLines(view, look), ''] : headLines(view, look).slice(0, 1);
  const foot = [...noteLines(view, look), ...footLines(view, look)];
  if (isRoomy) foot.unshift('');
  const room = Math.max(1, rows - head.length - foot.length);
  const page = pageLines(view, look, room);
  const window = windowOf(page, room, view, style);
  const below = Array.from({ length: room - window.lines.length }, () => '');
  const lines = [...head, ...window.lines, ...below, ...foot];
  // Of a screen with next to no rows the lowest matter most.
  return { lines: lines.slice(-rows), scrolled: window.scrolled };
}

function headLines(
  { exercise, standing, folder }: LearnView,
  { style, width }: TextLook,
): string[] {
  const { passed, exercises } = standing;
  const title = `${exercise.number} ${printable(exercise.title)}`;
  const bar = progressBar(passed, exercises.length, Math.floor(width * BAR_SHARE));
  const count = `${bar} ${passed} of ${exercises.length} passed`;
  const where = `Read ${folder}/README.md, fill in exercise.ts beside it`;
  return [
    `${style.strong(cutToWidth(title, width - count.length - 2))}  ${style.faint(count)}`,
    style.faint(style.faint(cutToWidth(`${exercise.minutes} min. ${printable(where)}`, width))),
  ];
}

function progressBar(passed: number, of: number, cells: number): string {
  const full = Math.floor((passed / of) * cells);
  return `[${'#'.repeat(full)}${'-'.repeat(cells - full)}]`;
}

function noteLines({ note }: LearnView, look: TextLook): string[] {
  if (note === undefined) return [];
  return paragraph(sentence(note), look)
    .split('\n')
    .map((line) => look.style.warning(line));
}

function windowOf(
  page: readonly string[],
  room: number,
  view: LearnView,
  style: Style,
): { lines: readonly string[]; scrolled: number } {
  const most = Math.max(0, page.length - room);
  const wanted = view.page.kind === 'list' ? view.page.at - Math.floor(room / 2) : view.scrolled;
  const scrolled = Math.min(Math.max(0, wanted), most);
  const lines = page.slice(scrolled, scrolled + room);
  const below = page.length - scrolled - room;
  // Of two lines or fewer none can be spared.
  if (room > 2 && below > 0 && view.page.kind !== 'list') {
    lines[room - 1] = style.faint(`  ↓ ${below + 1} more lines`);
  }
  if (room > 2 && scrolled > 0 && view.page.kind !== 'list') {
    lines[0] = style.faint(`  ↑ ${scrolled + 1} more lines`);
  }
  return { lines, scrolled };
}
