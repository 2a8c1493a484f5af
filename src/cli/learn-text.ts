import type { Milliseconds } from '../core/units.js';
import type { ExerciseProgress } from '../learn/course-state.js';
import type { Exercise } from '../learn/exercise-folder.js';
import type { ExerciseRun } from '../learn/run-exercise.js';
import type { MeasuredLane, MeasuredSpan } from '../learn/verdict.js';
import { printable } from '../report/shown-text.js';
import type { Style } from '../report/style.js';
import { cells, timeAxis } from '../report/timeline-text.js';
import { cutToWidth, displayedWidth } from './displayed-text.js';

/** How text is shown. */
export interface TextLook {
  readonly style: Style;
  /** In cells. */
  readonly width: number;
}

const MOST_LANES = 20;
const MOST_PRINTED_LINES = 8;
const INDENT = '  ';
const MEASURED = 'Measured:      ';
// As wide as the number of a choice.
const CHOICE_HANG = 3;

/** What came of a run: the verdict, what the learner's code printed, and the prediction beside the measurement. */
export function renderRun(run: ExerciseRun, progress: ExerciseProgress, look: TextLook): string {
  return [
    renderVerdict(run, look),
    renderPrinted(run.printed, look),
    run.verdict.passed ? renderPrediction(run.exercise, progress, look) : '',
    drawLanes(run.measurement?.lanes ?? [], look),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Whether it passed, and the sentence of the check. */
export function renderVerdict(
  { exercise, verdict, seed, isKnown }: ExerciseRun,
  look: TextLook,
): string {
  const name = `${exercise.number} ${printable(exercise.title)}`;
  if (verdict.passed) {
    const before = isKnown ? ' (as before, not run again)' : '';
    return `${good(look.style.strong(`✓ ${name}: passed`), look)}${before}\n${paragraph(sentence(verdict.seen), look)}`;
  }
  const why = look.style.faint(`(${verdict.diagnosis}, seed ${seed})`);
  return `${look.style.warning(look.style.strong(`✗ ${name}: not yet`))} ${why}\n${paragraph(sentence(verdict.message), look)}`;
}

/** The question, what was predicted and what was measured; empty where neither is known. */
export function renderPrediction(
  { prediction }: Exercise,
  { predicted, measured }: ExerciseProgress,
  look: TextLook,
): string {
  if (measured === undefined) return '';
  const choice = (index: number | undefined): string | undefined => {
    const text = index === undefined ? undefined : prediction.choices[index];
    return text === undefined ? undefined : `${(index ?? 0) + 1}) ${text}`;
  };
  const told = choice(predicted);
  const found = choice(measured.choice);
  const isRight = told !== undefined && told === found;
  const hang = MEASURED.length + CHOICE_HANG;
  return [
    paragraph(prediction.question, look),
    paragraph(`You predicted: ${told ?? 'nothing'}`, look, hang),
    look.style.strong(paragraph(`${MEASURED}${found ?? 'none of the choices'}`, look, hang)),
    ...(isRight ? [good(paragraph('✓ As you predicted.', look), look)] : []),
    paragraph(sentence(measured.text), look),
  ].join('\n');
}

/** The question of the prediction and its choices, numbered from 1. */
export function renderQuestion({ prediction }: Exercise, look: TextLook): string {
  const choices = prediction.choices.map((text, index) =>
    paragraph(`${index + 1}) ${text}`, look, CHOICE_HANG),
  );
  return [paragraph(prediction.question, look), ...choices].join('\n');
}

/** A row for each lane, up to `most`, on one time axis. */
export function drawLanes(
  lanes: readonly MeasuredLane[],
  { style, width }: TextLook,
  most: number = MOST_LANES,
): string {
  const shown = lanes.slice(0, most);
  const endMs = Math.max(0, ...shown.flatMap(({ spans }) => spans.map(({ toMs }) => toMs)));
  if (endMs === 0) return '';
  const names = Math.max(...shown.map(({ name }) => displayedWidth(name)));
  const plot = Math.max(20, width - INDENT.length - names - 1);
  const rows = shown.map(({ name, spans }) => {
    const label = `${' '.repeat(names - displayedWidth(name))}${name}`;
    return `${INDENT}${style.faint(label)} ${style.mode('async', bars(spans, endMs, plot))}`;
  });
  const more = lanes.length - shown.length;
  const rest = more > 0 ? [`${INDENT}… and ${more} more`] : [];
  return [...rows, ...rest, style.faint(timeAxis(endMs, plot, INDENT.length + names + 1))].join(
    '\n',
  );
}

function bars(spans: readonly MeasuredSpan[], endMs: Milliseconds, plot: number): string {
  const scale = plot / endMs;
  let line = '';
  for (const { fromMs, toMs } of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const from = Math.max(line.length, Math.min(Math.floor(fromMs * scale), plot - 1));
    line = line.padEnd(from) + cells(Math.max(Math.round(toMs * scale * 8) - from * 8, 1), '█');
  }
  return line;
}

/** What the learner's code printed, the last of it. */
export function renderPrinted(printed: string, look: TextLook): string {
  const lines = printed.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return '';
  const shown = lines
    .slice(-MOST_PRINTED_LINES)
    .map(
      (line) => `${INDENT}${look.style.faint('|')} ${cutToWidth(printable(line), look.width - 4)}`,
    );
  const hidden = lines.length - shown.length;
  const heading =
    hidden > 0 ? `Your code printed, in the end (${hidden} lines before):` : 'Your code printed:';
  return [cutToWidth(`${INDENT}${heading}`, look.width), ...shown].join('\n');
}

/** The text in lines of at most the width, indented, all but the first of each part by `hang` cells more. */
export function paragraph(text: string, { width }: TextLook, hang = 0): string {
  const further = INDENT + ' '.repeat(hang);
  const lines: string[] = [];
  for (const part of text.split('\n')) {
    let line = INDENT;
    let isEmpty = true;
    for (const word of printable(part).split(' ')) {
      const longer = isEmpty ? line + word : `${line} ${word}`;
      if (!isEmpty && displayedWidth(longer) > width) {
        lines.push(line);
        line = further + word;
      } else line = longer;
      isEmpty = false;
    }
    lines.push(line);
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}

// Green, as everything that goes on at the same time.
function good(text: string, { style }: TextLook): string {
  return style.mode('async', text);
}

/** With a full stop, and with a capital unless it begins with a name of the code, such as makeOneCall. */
export function sentence(text: string): string {
  const isName = /^\p{Ll}\S*[\p{Lu}(]/u.test(text);
  const [first = '', ...rest] = text;
  const begin = isName ? first : first.toUpperCase();
  return `${begin}${rest.join('')}${/[.!?]$/.test(text) ? '' : '.'}`;
}
