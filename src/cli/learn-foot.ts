import { sep } from 'node:path';
import type { Milliseconds } from '../core/units.js';
import { EXERCISE_FILE } from '../learn/course.js';
import { printable } from '../report/shown-text.js';
import { cutToWidth, displayedWidth } from './displayed-text.js';
import type { TextLook } from './learn-text.js';
import type { LearnView } from './learn-view.js';

type KeyHelp = readonly [key: string, does: string];

const LEAVE: readonly KeyHelp[] = [
  ['l', 'list'],
  ['q', 'quit'],
];

/** The lowest lines of the screen: what is watched, and the keys that do something now. */
export function footLines(view: LearnView, look: TextLook): string[] {
  const text = cutToWidth(printable(watching(view)), look.width);
  return [
    view.page.kind === 'reset' ? look.style.warning(text) : look.style.faint(text),
    ...keyLines(keysOf(view), look),
  ];
}

/** A time that is still going on, to the tenth of a second. */
export function runningTime(duration: Milliseconds): string {
  return `${(duration / 1000).toFixed(1)} s`;
}

function watching({ page, folder, runningForMs, run }: LearnView): string {
  const file = `${folder}${sep}${EXERCISE_FILE}`;
  if (page.kind === 'reset') return `${file} as it was handed out? Yours is kept`;
  if (page.kind === 'question') return `${file} runs as soon as you have predicted`;
  if (runningForMs !== undefined && page.kind !== 'exercise') {
    return `running ${file}, ${runningTime(runningForMs)}`;
  }
  if (run === undefined || runningForMs !== undefined) return `watching ${file}`;
  if (page.kind !== 'exercise') {
    return `watching ${file}: ${run.verdict.passed ? '✓ passed' : '✗ not yet'}`;
  }
  return run.verdict.passed
    ? `watching ${file}: change it and see, or go on with n`
    : `watching ${file}`;
}

function keysOf({ page, exercise, progress, run }: LearnView): readonly KeyHelp[] {
  switch (page.kind) {
    case 'question':
      return [
        [`1-${exercise.prediction.choices.length}`, 'predict'],
        ['enter', 'run without'],
        ['p', 'previous'],
        ...LEAVE,
      ];
    case 'reset':
      return [
        ['y', 'yes'],
        ['n', 'no'],
      ];
    case 'list':
      return [
        ['↑ ↓ or a number', 'choose'],
        ['enter', 'go there'],
        ['l', 'back'],
        ['q', 'quit'],
      ];
    case 'solution':
      return [
        ['↑ ↓', 'scroll'],
        ['s', 'back'],
        ['n', 'next'],
        ['q', 'quit'],
      ];
    case 'ending':
      return [['p', 'previous'], ...LEAVE];
    case 'exercise': {
      const isFailed = run?.verdict.passed === false;
      return [
        ...when(progress.passed !== undefined, ['n', 'next'], ['s', 'solution']),
        ...when(isFailed || progress.passed === undefined, ['h', 'hint']),
        ['r', 'run'],
        ['x', 'reset'],
        ['p', 'previous'],
        ...LEAVE,
      ];
    }
  }
}

function when(holds: boolean, ...keys: readonly KeyHelp[]): readonly KeyHelp[] {
  return holds ? keys : [];
}

/** As many lines as they take. */
function keyLines(keys: readonly KeyHelp[], { style, width }: TextLook): string[] {
  const lines: string[] = [];
  let line = '';
  let cells = 0;
  for (const [key, does] of keys) {
    const wide = displayedWidth(`${key} ${does}`);
    if (cells > 0 && cells + 3 + wide > width) {
      lines.push(line);
      [line, cells] = ['', 0];
    }
    line += `${cells > 0 ? '   ' : ''}${style.strong(key)} ${does}`;
    cells += (cells > 0 ? 3 : 0) + wide;
  }
  return [...lines, line];
}
