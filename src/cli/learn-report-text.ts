import type { ClassReport, ExerciseFigures } from '../learn/class-report.js';
import { printable, shortenMiddle } from '../report/shown-text.js';
import { displayedWidth, fitToWidth } from './displayed-text.js';
import {
  choiceLines,
  learnerColumns,
  learnerRows,
  LEGEND,
  otherExercises,
  OWN_WORD,
  predictedOf,
  reportHeading,
} from './learn-report-rows.js';
import { paragraph, type TextLook } from './learn-text.js';

const LONGEST_NAME = 24;
const GAP = 2;
const HANG = 3;
// As wide as how many predicted a choice.
const COUNT_HANG = 6;

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
function learnerTables(report: ClassReport, look: TextLook): string {
  const [, ...heads] = learnerColumns(report).map(({ heading }) => heading);
  const rows = learnerRows(report).map(([name = '', ...cells]) => ({
    name: shortenMiddle(name, LONGEST_NAME),
    cells,
  }));
  const nameWidth = Math.max(...rows.map(({ name }) => displayedWidth(name)));
  const cellWidth = Math.max(
    ...[heads, ...rows.map(({ cells }) => cells)].flat().map((cell) => cell.length),
  );
  const most = Math.max(1, Math.floor((look.width - nameWidth) / (cellWidth + GAP)));
  const tables: string[] = [];
  for (let from = 0; from < heads.length; from += most) {
    const line = (name: string, cells: readonly string[]): string =>
      [
        fitToWidth(name, nameWidth),
        ...cells.slice(from, from + most).map((cell) => cell.padEnd(cellWidth)),
      ]
        .join(' '.repeat(GAP))
        .trimEnd();
    const lines = rows.map(({ name, cells }) => line(name, cells));
    tables.push([look.style.faint(line('', heads)), ...lines].join('\n'));
  }
  return tables.join('\n\n');
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
  return paragraph(`${exercise.number} ${exercise.title}: ${parts.join(', ')}`, look, HANG);
}

function predictionLines(figures: ExerciseFigures, look: TextLook): string {
  const { number, prediction } = figures.exercise;
  return [
    paragraph(`Predicted in ${number}: ${prediction.question}`, look),
    ...choiceLines(figures, 3).map((line) => paragraph(line, look, COUNT_HANG)),
  ].join('\n');
}
