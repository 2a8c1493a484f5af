import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answering, writeExercises } from '../../test/support/exercises-of-our-own.js';
import { courseStanding, standingOf } from './course-standing.js';
import {
  currentExercise,
  fileOf,
  findCourse,
  findExercise,
  fingerprintOf,
  openCourse,
  type Course,
} from './course.js';
import { readState, updateProgress, updateState } from './course-state.js';
import { startCourse } from './start-course.js';

let folder: string;
let course: Course;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-course-'));
  writeExercises(join(folder, 'ours'), ['01-first', '02-second', '03-second-half']);
  course = startCourse(join(folder, 'mine'), join(folder, 'ours'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Notes that the exercise has passed as it is. */
function pass(word: string): void {
  const exercise = findExercise(course, word);
  const files = fingerprintOf(course, exercise) ?? '';
  updateProgress(course.folder, exercise.id, (progress) => ({
    ...progress,
    passed: { at: '', files, seen: '' },
  }));
}

const write = (word: string, answer: string): void =>
  writeFileSync(fileOf(course, findExercise(course, word)), answering(answer));

describe('a course', () => {
  it('is found from anywhere in it', () => {
    const deep = join(course.folder, '01-first', 'deeper');
    mkdirSync(deep);
    expect(findCourse(deep)).toEqual(course);
    expect(() => findCourse(folder)).toThrow('lwasync learn start my-course');
  });

  it('whose exercises have moved says where to name them', () => {
    cpSync(join(folder, 'ours'), join(folder, 'moved'), { recursive: true });
    rmSync(join(folder, 'ours'), { recursive: true });
    expect(() => openCourse(course.folder)).toThrow('under "from" in');
    updateState(course.folder, (state) => ({ ...state, from: '../moved' }));
    expect(openCourse(course.folder).exercises).toHaveLength(3);
  });
});

describe('an exercise', () => {
  it.each([
    ['1', '01-first'],
    ['01', '01-first'],
    ['02-second', '02-second'],
    ['first', '01-first'],
    ['second-', '03-second-half'],
    ['03', '03-second-half'],
  ])('is meant by %j', (word, id) => {
    expect(findExercise(course, word).id).toBe(id);
  });

  it.each([
    ['second', 'it may be: 02-second, 03-second-half'],
    ['4', 'there are: 01-first, 02-second, 03-second-half'],
    ['../01-first', 'there are'],
  ])('is not meant by %j', (word, part) => {
    expect(() => findExercise(course, word)).toThrow(part);
  });

  it('may be a path to it, as a shell completes or an editor tells it', () => {
    for (const path of ['02-second/', '02-second/exercise.ts'].map((end) =>
      join(course.folder, end),
    )) {
      expect(findExercise(course, path).id).toBe('02-second');
      expect(findExercise(course, relative(process.cwd(), path)).id).toBe('02-second');
    }
    const missing = join(course.folder, '02-second', 'nothing.ts');
    expect(() => findExercise(course, missing)).toThrow('expected the number or the name');
  });
});

describe('how it stands', () => {
  const standing = (word: string): string =>
    standingOf(course, findExercise(course, word), readState(course.folder));

  it('with an exercise is told by its files', () => {
    expect(standing('1')).toBe('not begun');
    write('1', '41');
    expect(standing('1')).toBe('not yet');
    write('1', '42');
    pass('1');
    expect(standing('1')).toBe('passed');
    write('1', '43');
    expect(standing('1')).toBe('changed');
    write('1', '42');
    expect(standing('1')).toBe('passed');
    rmSync(fileOf(course, findExercise(course, '2')));
    expect(standing('2')).toBe('not yet');
  });

  it('with one that has passed changes with its check', () => {
    pass('1');
    const check = join(folder, 'ours', '01-first', 'check.ts');
    writeFileSync(check, `${readFileSync(check, 'utf8')}\n// Stricter.\n`);
    expect(standing('1')).toBe('changed');
  });

  it('with a course goes on with the first that is left after the current one', () => {
    const now = (): unknown[] => {
      const { passed, next, current, minutesLeft } = courseStanding(
        course,
        readState(course.folder),
      );
      return [passed, current.exercise.number, next?.exercise.number, minutesLeft];
    };
    expect(now()).toEqual([0, 1, 1, 30]);
    updateState(course.folder, (state) => ({ ...state, current: '02-second' }));
    expect(now()).toEqual([0, 2, 2, 30]);
    pass('2');
    expect(now()).toEqual([1, 2, 3, 20]);
    pass('3');
    expect(now()).toEqual([2, 2, 1, 10]);
    pass('1');
    expect(now()).toEqual([3, 2, undefined, 0]);
  });

  it('with one that is no more falls back on the first that has not passed', () => {
    updateState(course.folder, (state) => ({ ...state, current: '09-gone' }));
    pass('1');
    expect(currentExercise(course, readState(course.folder)).id).toBe('02-second');
  });
});
