import { basename, dirname, resolve } from 'node:path';
import { counted } from '../core/format-units.js';
import type { ClassReport, ExerciseFigures } from '../learn/class-report.js';
import type { ExerciseStanding } from '../learn/course-standing.js';
import { printable } from '../report/shown-text.js';
import type { Column } from '../report/table.js';
import { SIGNS } from './learn-list.js';

/** What a report cannot vouch for, and what would. */
export const OWN_WORD: string =
  "The state files are the learners' own, and anybody can write into them: lwasync learn check --again in a folder proves what " +
  'passes. It runs the code there, on this machine.';

/** What the cells of the table of learners mean. */
export const LEGEND =
  '✓ passed, ~ passed before the file or the check changed, ✗ not yet, · not begun; then the attempts, and after + the hints';

/** The columns of what is told of each exercise. */
export const FIGURE_COLUMNS: readonly Column[] = [
  { heading: '#', align: 'right' },
  { heading: 'exercise', align: 'left' },
  { heading: 'passed', align: 'right' },
  { heading: 'attempts (median)', align: 'right' },
  { heading: 'predicted right', align: 'right' },
  { heading: 'those not through last had', align: 'left' },
];

// `✓ 3+1`: passed after three attempts and a hint.
function standingCell({ standing, progress }: ExerciseStanding): string {
  const { attempts, hintsUsed } = progress;
  if (standing === 'not begun' && attempts === 0 && hintsUsed === 0) return SIGNS[standing];
  return `${SIGNS[standing]} ${attempts}${hintsUsed > 0 ? `+${hintsUsed}` : ''}`;
}

/** A row for an exercise. */
export function figureRow(figures: ExerciseFigures): string[] {
  const { exercise, passed, learners, medianAttempts, stuckAt } = figures;
  const { predictedMeasured, predictedRight } = figures;
  return [
    String(exercise.number),
    printable(exercise.title),
    `${passed} of ${learners}`,
    medianAttempts === undefined ? '' : String(medianAttempts),
    predictedMeasured === 0 ? '' : `${predictedRight} of ${predictedMeasured}`,
    stuckAt === undefined ? '' : `${printable(stuckAt.diagnosis)} (${stuckAt.learners})`,
  ];
}

/** What the whole is about. */
export function reportHeading({ learners, exercises }: ClassReport): string {
  return `${counted(learners.length, 'learner')}, ${counted(exercises.length, 'exercise')}`;
}

/** Of whom the exercises are others than those of lwasync, a sentence each. */
export function otherExercises({ learners }: ClassReport): string[] {
  return learners.flatMap(({ name, from }) =>
    from === undefined ? [] : [`${printable(name)} has exercises from ${printable(from)}.`],
  );
}

/** The exercises of which somebody predicted something. */
export function predictedOf({ exercises }: ClassReport): ExerciseFigures[] {
  return exercises.filter(({ predicted }) => predicted.some((learners) => learners > 0));
}

/** How many predicted each choice, and by how many it was measured, which differs between machines. */
export function choiceLines(
  { exercise, predicted, measured }: ExerciseFigures,
  digits = 1,
): string[] {
  return exercise.prediction.choices.map((choice, index) => {
    const [told = 0, found = 0] = [predicted[index], measured[index]];
    const mark = found === 0 ? '' : ` (measured by ${found})`;
    return `${String(told).padStart(digits)} × ${printable(choice)}${mark}`;
  });
}

/** The columns of the table of learners: their names, then a column for each exercise. */
export function learnerColumns({ exercises }: ClassReport): Column[] {
  return [
    { heading: 'learner', align: 'left' },
    ...exercises.map(({ exercise }): Column => ({
      heading: String(exercise.number),
      align: 'left',
    })),
  ];
}

/** A row for a learner. */
export function learnerRows({ learners, exercises }: ClassReport): string[][] {
  const names = shortNames(learners.map(({ name }) => name));
  return learners.map(({ exercises: theirs }, index) => [
    printable(names[index] ?? ''),
    ...exercises.map(({ exercise }) => {
      const standing = theirs.find((each) => each.exercise.id === exercise.id);
      return standing === undefined ? '' : standingCell(standing);
    }),
  ]);
}

/** What could not be read, a sentence each. */
export function unreadOf({ unread }: ClassReport): string[] {
  return unread.map(({ name, reason }) => `${printable(name)} is left out: ${printable(reason)}`);
}

// What they all have before their names tells none from another.
function shortNames(names: readonly string[]): readonly string[] {
  const places = new Set(names.map((name) => dirname(resolve(name))));
  return places.size > 1 ? names : names.map((name) => basename(resolve(name)));
}
