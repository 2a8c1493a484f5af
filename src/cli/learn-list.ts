import { counted } from '../core/format-units.js';
import { courseFolder, findCourse, openCourse } from '../learn/course.js';
import { courseStanding, type CourseStanding, type Standing } from '../learn/course-standing.js';
import { readState } from '../learn/course-state.js';
import { OWN_EXERCISES, readExercises, type Exercise } from '../learn/exercise-folder.js';
import { printable } from '../report/shown-text.js';
import { cutToWidth, displayedWidth, fitToWidth } from './displayed-text.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { listDocument, statusDocument } from './learn-documents.js';
import { paragraph, sentence, type TextLook } from './learn-text.js';
import { print, styleFor, widthOf } from './terminal.js';
import { LEARN } from '../learn/learn-command.js';

/** The sign of how it stands with an exercise; words say the same. */
export const SIGNS: Readonly<Record<Standing, string>> = {
  passed: '✓',
  changed: '~',
  'not yet': '✗',
  'not begun': '·',
};

const WORDS: Readonly<Record<Standing, string>> = {
  passed: 'passed',
  changed: 'passed before',
  'not yet': 'not yet',
  'not begun': 'not begun',
};

/** How text is shown on standard output. */
export function outputLook(): TextLook {
  return { style: styleFor(process.stdout, process.env), width: widthOf(process.stdout) };
}

/** Prints the exercises of the course that we are in, or those that come with lwasync. */
export async function runList(json: boolean): Promise<ExitCode> {
  const folder = courseFolder(process.cwd());
  if (folder === undefined) {
    const exercises = readExercises(OWN_EXERCISES);
    print(
      json
        ? JSON.stringify(listDocument(exercises, undefined))
        : `${renderList(exercises, undefined, outputLook())}\n\nTo begin: ${LEARN} start my-course`,
    );
    return EXIT.done;
  }
  const course = openCourse(folder);
  const standing = courseStanding(course, readState(folder));
  print(
    json
      ? JSON.stringify(listDocument(course.exercises, standing))
      : renderList(course.exercises, standing, outputLook()),
  );
  return EXIT.done;
}

/** Prints how far the learner is. */
export async function runStatus(json: boolean): Promise<ExitCode> {
  const course = findCourse(process.cwd());
  const standing = courseStanding(course, readState(course.folder));
  print(json ? JSON.stringify(statusDocument(standing)) : renderStatus(standing, outputLook()));
  return EXIT.done;
}

/** The exercises, one a line, and how it stands with each where that is known. */
export function renderList(
  exercises: readonly Exercise[],
  standing: CourseStanding | undefined,
  { style, width }: TextLook,
): string {
  const titles = exercises.map(({ title }) => printable(title));
  const widest = Math.max(...titles.map((title) => displayedWidth(title)));
  // The words beside it say more than the end of a long title.
  const titleWidth = Math.max(10, Math.min(widest, width - (standing === undefined ? 13 : 32)));
  return exercises
    .map(({ number, minutes }, index) => {
      const title = fitToWidth(titles[index] ?? '', titleWidth);
      const each = standing?.exercises[index];
      const mark = each?.isCurrent === true ? '>' : ' ';
      const sign = each === undefined ? '' : `${mark} ${SIGNS[each.standing]} `;
      const word = each === undefined ? '' : `  ${WORDS[each.standing]}`;
      const line = `${sign}${String(number).padStart(2)}  ${title}  ${String(minutes).padStart(3)} min${word}`;
      const cut = cutToWidth(line.trimEnd(), width);
      return each?.isCurrent === true ? style.strong(cut) : cut;
    })
    .join('\n');
}

function renderStatus(standing: CourseStanding, look: TextLook): string {
  const { exercises, passed, current, minutesLeft } = standing;
  const { exercise, progress } = current;
  const left = minutesLeft > 0 ? `; about ${formatMinutes(minutesLeft)} are left` : '';
  const { last } = progress;
  return [
    look.style.strong(`${countPassed(passed, exercises.length)}${left}.`),
    `Current: ${exercise.number} ${printable(exercise.title)} (${WORDS[current.standing]})`,
    ...(last?.message === undefined || current.standing === 'passed'
      ? []
      : ['The last check said:', paragraph(sentence(last.message), look)]),
    ...changedLines(standing),
    `Next: ${nextStep(standing)}`,
  ].join('\n');
}

// Which of both it was is not known.
function changedLines({ exercises }: CourseStanding): string[] {
  const numbers = exercises.flatMap(({ standing, exercise }) =>
    standing === 'changed' ? [exercise.number] : [],
  );
  if (numbers.length === 0) return [];
  return [`Passed once, but the files or the check have changed since: ${numbers.join(', ')}`];
}

/** `2 of 13 exercises have passed`. */
export function countPassed(passed: number, of: number): string {
  const verb = of === 1 || passed === 1 ? 'has' : 'have';
  if (passed === of)
    return of === 1 ? 'The exercise has passed' : `All ${of} exercises have passed`;
  return `${passed} of ${counted(of, 'exercise')} ${verb} passed`;
}

/** What to do now. */
export function nextStep({ current, next }: CourseStanding): string {
  if (next === undefined) {
    return `nothing is left; ${LEARN} solution ${current.exercise.number} shows another answer`;
  }
  const { id, number } = next.exercise;
  const check = `${LEARN} check ${number}`;
  switch (next.standing) {
    case 'not begun':
      return `read ${id}/README.md, fill in ${id}/exercise.ts, then: ${check}`;
    case 'not yet':
      return `${check}, or for a hint: ${LEARN} hint ${number}`;
    case 'changed':
    case 'passed':
      return check;
  }
}

/** `45 min`, `3 h 10 min`. */
export function formatMinutes(minutes: number): string {
  const whole = Math.round(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  const parts = [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 ? [`${rest} min`] : [])];
  return parts.join(' ');
}
