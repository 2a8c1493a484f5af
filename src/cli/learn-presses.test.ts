import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeExercises } from '../../test/support/exercises-of-our-own.js';
import { startCourse } from '../learn/start-course.js';
import { Lesson } from './learn-lesson.js';
import { press } from './learn-presses.js';

let folder: string;
let lesson: Lesson;
let drawnAt: number[];
beforeEach(() => {
  drawnAt = [];
  folder = mkdtempSync(join(tmpdir(), 'lwasync-presses-'));
  const names = ['01-one', '02-two', '03-three', '12-twelve', '13-last'];
  writeExercises(join(folder, 'exercises'), names);
  lesson = new Lesson(startCourse(join(folder, 'course'), join(folder, 'exercises')), () => {
    drawnAt.push(lesson.view.scrolled);
  });
});
afterEach(() => {
  lesson.close();
  rmSync(folder, { recursive: true });
});

/** The number of the exercise that is chosen in the list after these keys. */
function chosenAfter(...keys: readonly string[]): number | undefined {
  press(lesson, 'l');
  for (const key of keys) press(lesson, key);
  const { page } = lesson.view;
  return page.kind === 'list' ? lesson.course.exercises[page.at]?.number : undefined;
}

it.each([
  [[], 1],
  [['3'], 3],
  [['1', '3'], 13],
  [['1', '2', '3'], 3],
  [['9'], 1],
  [['down', 'down'], 3],
  [['1', 'down', '3'], 3],
  [['up'], 1],
  [['page down'], 13],
  [['z'], 1],
])('in the list %j choose exercise %d', (keys, number) => {
  expect(chosenAfter(...keys)).toBe(number);
});

it.each(['escape', 'l'])('%s leaves the list for the question that is open', (key) => {
  expect(chosenAfter(key)).toBeUndefined();
  expect(lesson.view.page.kind).toBe('question');
});

it('says what is in the way of a key instead of doing nothing', () => {
  const noteAfter = (key: string): string | undefined => {
    press(lesson, key);
    return lesson.view.note;
  };
  expect(noteAfter('n')).toMatch(/has not passed yet/);
  expect(noteAfter('p')).toBe('this is the first one');
  expect(noteAfter('h')).toMatch(/hints follow what your code does/);
  expect(noteAfter('s')).toMatch(/when yours has passed/);
  expect(noteAfter('z')).toBeUndefined();
});

it.each([
  ['down', 1],
  ['j', 1],
  ['page down', 8],
  [' ', 8],
])('shows at once where %j scrolls to', (key, lines) => {
  press(lesson, key);
  expect(drawnAt.at(-1)).toBe(lines);
});
