import { counted } from '../core/format-units.js';
import type { ClassReport, ExerciseFigures } from '../learn/class-report.js';
import type { ExerciseStanding } from '../learn/course-standing.js';
import { printable } from '../report/shown-text.js';
import type { Column } from '../report/table.js';
import { SIGNS } from './learn-list.js';

/** What a report cannot vouch for, and what would. */
export const OWN_WORD: string =
  "The state files are the learners' own, and anybody can write into them; `lwasync learn check --again` in a folder runs its " +
  'code anew, on this machine, and proves what passes.';

/** What the cells of the table of learners mean. */
export const LEGEND =
  '✓ passed, ~ passed and changed since, ✗ not yet, · not begun; then the attempts, and after + the hints';

/** The columns of what is told of each exercise. */
export const FIGURE_COLUMNS: readonly Column[] = [
  { heading: '#', align: 'right' },
  { heading: 'exercise', align: 'left' },
  { heading: 'passed', align: 'right' },
  { heading: 'attempts (median)', align: 'right' },
  { heading: 'predicted right', align: 'right' },
  { heading: 'those not through last had', align: 'left' },
];

/** `✓ 3+1`: passed after three attempts and a hint. */
export function standingCell({ standing, progress }: ExerciseStanding): string {
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
