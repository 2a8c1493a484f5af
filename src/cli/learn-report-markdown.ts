import type { ClassReport } from '../learn/class-report.js';
import { escapeMarkdown } from '../report/markdown-text.js';
import { printable } from '../report/shown-text.js';
import { renderMarkdownTable } from '../report/table.js';
import {
  choiceLines,
  FIGURE_COLUMNS,
  figureRow,
  learnerColumns,
  learnerRows,
  LEGEND,
  otherExercises,
  OWN_WORD,
  predictedOf,
  reportHeading,
  unreadOf,
} from './learn-report-rows.js';

/** How far a class is, as Markdown. */
export function renderReportMarkdown(report: ClassReport): string {
  const predictions = predictedOf(report).flatMap((each) => [
    `**${each.exercise.number}** ${escapeMarkdown(printable(each.exercise.prediction.question))}`,
    choiceLines(each)
      .map((line) => `- ${escapeMarkdown(line)}`)
      .join('\n'),
  ]);
  const unread = unreadOf(report).map((text) => `- ${escapeMarkdown(text)}`);
  return `${[
    `# ${reportHeading(report)}`,
    renderMarkdownTable(learnerColumns(report), escapedRows(learnerRows(report))),
    LEGEND,
    '## By exercise',
    renderMarkdownTable(
      FIGURE_COLUMNS,
      escapedRows(report.exercises.map((each) => figureRow(each))),
    ),
    ...(predictions.length > 0 ? ['## What was predicted', ...predictions] : []),
    ...(unread.length > 0 ? ['## Left out', unread.join('\n')] : []),
    ...otherExercises(report).map((text) => escapeMarkdown(text)),
    OWN_WORD,
  ].join('\n\n')}\n`;
}

function escapedRows(rows: readonly (readonly string[])[]): string[][] {
  return rows.map((row) => row.map((cell) => escapeMarkdown(cell)));
}
