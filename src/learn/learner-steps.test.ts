import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answering, writeExercises } from '../../test/support/exercises-of-our-own.js';
import { fileOf, findExercise, type Course } from './course.js';
import { progressOf, readState, type ExerciseProgress } from './course-state.js';
import type { Exercise } from './exercise-folder.js';
import { goTo, nextHint, predict, resetExercise, showSolution } from './learner-steps.js';
import { runExercise } from './run-exercise.js';
import { startCourse } from './start-course.js';

let folder: string;
let course: Course;
let exercise: Exercise;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-steps-'));
  writeExercises(join(folder, 'ours'), ['01-first', '02-second']);
  course = startCourse(join(folder, 'mine'), join(folder, 'ours'));
  exercise = findExercise(course, '1');
});
afterEach(() => rmSync(folder, { recursive: true }));

const known = (): ExerciseProgress => progressOf(readState(course.folder), exercise.id);
async function runWith(answer: string): Promise<void> {
  writeFileSync(fileOf(course, exercise), answering(answer));
  await runExercise(course, exercise, { seed: 1 });
}

describe('a hint', () => {
  it('is given after a run only', () => {
    expect(() => nextHint(course, exercise)).toThrow('lwasync learn check 1');
  });

  it('follows the hint before, and begins anew where something else is wrong', async () => {
    const next = (): string => {
      const { text, number, of } = nextHint(course, exercise);
      return `${number} of ${of}: ${text}`;
    };
    await runWith('41');
    expect([next(), next(), next(), next()]).toEqual([
      '1 of 3: other: a question?',
      '2 of 3: other: a place.',
      '3 of 3: other: a call.',
      '3 of 3: other: a call.',
    ]);
    expect(known()).toMatchObject({ hintsUsed: 3, hintsShown: 3 });
    await runWith('43');
    expect(next()).toBe('3 of 3: other: a call.');
    await runWith('0');
    expect(next()).toBe('1 of 3: nothing: a question?');
    expect(known()).toMatchObject({ hintsUsed: 4, hintsShown: 1 });
  });

  it('is none any more when the exercise has passed', async () => {
    await runWith('42');
    expect(() => nextHint(course, exercise)).toThrow('lwasync learn solution 1');
  });
});

describe('a solution', () => {
  it('is not given before the exercise has passed', async () => {
    await runWith('41');
    expect(() => showSolution(course, exercise)).toThrow('comes when yours has passed');
    expect(readdirSync(dirname(fileOf(course, exercise)))).not.toContain('solution.ts');
  });

  it('lies beside the file of the learner when it has, and overwrites nothing', async () => {
    await runWith('42');
    const { path, text } = showSolution(course, exercise);
    expect([readFileSync(path, 'utf8'), text]).toEqual([answering('42'), answering('42')]);
    writeFileSync(path, 'notes');
    expect(showSolution(course, exercise).text).toBe(answering('42'));
    expect(readFileSync(path, 'utf8')).toBe('notes');
    expect(known().solutionShown).toBe(true);
  });

  it('stays earned when the file changes afterwards', async () => {
    await runWith('42');
    await runWith('43');
    expect(showSolution(course, exercise).text).toBe(answering('42'));
  });
});

describe('bringing an exercise back', () => {
  it('keeps every file that was there', () => {
    const file = fileOf(course, exercise);
    const kept = ['41', '43'].map((answer) => {
      writeFileSync(file, answering(answer));
      return resetExercise(course, exercise) ?? '';
    });
    expect(kept.map((path) => readFileSync(path, 'utf8'))).toEqual([
      answering('41'),
      answering('43'),
    ]);
    expect(readFileSync(file, 'utf8')).toBe(answering('0'));
  });

  it('keeps nothing of a file that is as it was handed out, or is not there', () => {
    expect(resetExercise(course, exercise)).toBeUndefined();
    rmSync(fileOf(course, exercise));
    expect(resetExercise(course, exercise)).toBeUndefined();
    expect(existsSync(fileOf(course, exercise))).toBe(true);
    expect(readdirSync(dirname(fileOf(course, exercise)))).toHaveLength(2);
  });
});

it('an exercise with a folder in the place of its file is brought back, and the folder kept', () => {
  const file = fileOf(course, exercise);
  rmSync(file);
  mkdirSync(file);
  expect(resetExercise(course, exercise)).toBe(file.replace('.ts', '.kept-1.ts'));
  expect(readFileSync(file, 'utf8')).toBe(answering('0'));
});

describe('a prediction', () => {
  it('is noted, and can be changed until the measurement has been seen', async () => {
    predict(course, exercise, 0);
    predict(course, exercise, 2);
    expect(known().predicted).toBe(2);
    expect(() => predict(course, exercise, 3)).toThrow('expected one of the choices 1 to 3, got 4');
    await runWith('42');
    expect(() => predict(course, exercise, 1)).toThrow('a prediction comes before it');
    expect(known().predicted).toBe(2);
  });
});

it('goes to an exercise', () => {
  goTo(course, findExercise(course, '2'));
  expect(readState(course.folder).current).toBe('02-second');
});
