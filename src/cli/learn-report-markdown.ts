import type { ClassReport } from '../learn/class-report.js';
import { escapeMarkdown } from '../report/markdown-text.js';
import { printable } from '../report/shown-text.js';
import { renderMarkdownTable, type Column } from '../report/table.js';
import {
  FIGURE_COLUMNS,
  figureRow,
  LEGEND,
  otherExercises,
  OWN_WORD,
  predictedOf,
  reportHeading,
  standingCell,
} from './learn-report-rows.js';

/** How far a class is, as Markdown. */
export function renderReportMarkdown(report: ClassReport): string {
  const { exercises } = report;
  const columns: Column[] = [
    { heading: 'learner', align: 'left' },
    ...exercises.map(({ exercise }) => ({
      heading: String(exercise.number),
      align: 'left' as const,
    })),
  ];
  const rows = report.learners.map(({ name, exercises: those }) => [
    escaped(name),
    ...exercises.map(({ exercise }) => {
      const standing = those.find((each) => each.exercise.id === exercise.id);
      return standing === undefined ? '' : standingCell(standing);
    }),
  ]);
  const figures = exercises.map((each) => figureRow(each).map((cell) => escapeMarkdown(cell)));
  const predictions = predictedOf(report).flatMap(({ exercise, predicted }) => [
    `**${exercise.number}** ${escaped(exercise.prediction.question)}`,
    exercise.prediction.choices
      .map((choice, index) => `- ${predicted[index] ?? 0} × ${escaped(choice)}`)
      .join('\n'),
  ]);
  const unread = report.unread.map(
    ({ name, reason }) => `- ${escaped(name)} is left out: ${escaped(reason)}`,
  );
  return `${[
    `# ${reportHeading(report)}`,
    renderMarkdownTable(columns, rows),
    LEGEND,
    '## By exercise',
    renderMarkdownTable(FIGURE_COLUMNS, figures),
    ...(predictions.length > 0 ? ['## What was predicted', ...predictions] : []),
    ...(unread.length > 0 ? ['## Left out', unread.join('\n')] : []),
    ...otherExercises(report).map((text) => escapeMarkdown(text)),
    OWN_WORD,
  ].join('\n\n')}\n`;
}

function escaped(text: string): string {
  return escapeMarkdown(printable(text));
}
