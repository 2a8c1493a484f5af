import type { ClassReport } from '../learn/class-report.js';
import { list, paragraph, renderPage, section, table } from '../report/html-page.js';
import { printable } from '../report/shown-text.js';
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

/** How far a class is, as one HTML page that needs nothing beside it. */
export function renderReportHtml(report: ClassReport): string {
  const predictions = predictedOf(report).flatMap((each) => [
    paragraph(`${each.exercise.number} ${printable(each.exercise.prediction.question)}`),
    list(choiceLines(each)),
  ]);
  const unread = unreadOf(report);
  return renderPage({
    title: reportHeading(report),
    parts: [
      section(
        'By learner',
        table(LEGEND, learnerColumns(report), learnerRows(report)),
        ...otherExercises(report).map((text) => paragraph(text, 'note')),
      ),
      section(
        'By exercise',
        table(
          'How the class is with each exercise',
          FIGURE_COLUMNS,
          report.exercises.map((each) => figureRow(each)),
        ),
      ),
      ...(predictions.length > 0 ? [section('What was predicted', ...predictions)] : []),
      ...(unread.length > 0 ? [section('Left out', list(unread, 'warning'))] : []),
      paragraph(OWN_WORD, 'note'),
    ],
  });
}
