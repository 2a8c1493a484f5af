import type { ClassReport, ExerciseFigures, Learner } from '../learn/class-report.js';
import { printable, shortenMiddle } from '../report/shown-text.js';
import { displayedWidth, fitToWidth } from './displayed-text.js';
import {
  LEGEND,
  otherExercises,
  OWN_WORD,
  predictedOf,
  reportHeading,
  standingCell,
} from './learn-report-rows.js';
import { paragraph, type TextLook } from './learn-text.js';

const LONGEST_NAME = 24;
const GAP = 2;

/** How far a class is, for people. */
export function renderReport(report: ClassReport, look: TextLook): string {
  return [
    look.style.strong(`${reportHeading(report)}.`),
    learnerTables(report, look),
    paragraph(LEGEND, look),
    report.exercises.map((each) => exerciseLines(each, look)).join('\n'),
    ...predictedOf(report).map((each) => predictionLines(each, look)),
    [...otherExercises(report), OWN_WORD].map((text) => paragraph(text, look)).join('\n'),
  ].join('\n\n');
}

// As many columns as fit beside the names; the others follow below.
function learnerTables({ learners, exercises }: ClassReport, look: TextLook): string {
  const names = learners.map(({ name }) => shortenMiddle(printable(name), LONGEST_NAME));
  const nameWidth = Math.max(...names.map((name) => displayedWidth(name)));
  const rows = learners.map((learner) =>
    exercises.map(({ exercise }) => cellOf(learner, exercise.id)),
  );
  const cellWidth = Math.max(3, ...rows.flat().map((cell) => displayedWidth(cell)));
  const most = Math.max(1, Math.floor((look.width - nameWidth) / (cellWidth + GAP)));
  const tables: string[] = [];
  for (let from = 0; from < exercises.length; from += most) {
    const line = (name: string, cells: readonly string[]): string =>
      [
        fitToWidth(name, nameWidth),
        ...cells.slice(from, from + most).map((cell) => fitToWidth(cell, cellWidth)),
      ]
        .join(' '.repeat(GAP))
        .trimEnd();
    const heads = exercises.map(({ exercise }) => String(exercise.number));
    tables.push(
      [
        look.style.faint(line('', heads)),
        ...rows.map((cells, index) => line(names[index] ?? '', cells)),
      ].join('\n'),
    );
  }
  return tables.join('\n\n');
}

function cellOf({ exercises }: Learner, id: string): string {
  const standing = exercises.find(({ exercise }) => exercise.id === id);
  return standing === undefined ? '' : standingCell(standing);
}

function exerciseLines(figures: ExerciseFigures, look: TextLook): string {
  const { exercise, passed, learners, medianAttempts, stuckAt } = figures;
  const parts = [
    `${passed} of ${learners} passed`,
    ...(medianAttempts === undefined ? [] : [`attempts ${medianAttempts} (median)`]),
    ...(figures.predictedMeasured === 0
      ? []
      : [`${figures.predictedRight} of ${figures.predictedMeasured} predicted right`]),
    ...(stuckAt === undefined
      ? []
      : [`not through: ${printable(stuckAt.diagnosis)} (${stuckAt.learners})`]),
  ];
  return paragraph(`${exercise.number} ${exercise.title}: ${parts.join(', ')}`, look);
}

function predictionLines({ exercise, predicted }: ExerciseFigures, look: TextLook): string {
  const { question, choices } = exercise.prediction;
  return [
    paragraph(`Predicted in ${exercise.number}: ${question}`, look),
    ...choices.map((choice, index) =>
      paragraph(`${String(predicted[index] ?? 0).padStart(3)} × ${choice}`, look),
    ),
  ].join('\n');
}
