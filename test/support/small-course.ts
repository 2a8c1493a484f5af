import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OWN_EXERCISES } from '../../src/learn/exercise-folder.js';
import { startCourse } from '../../src/learn/start-course.js';
import { writeExercises } from './exercises-of-our-own.js';

/** A course of two exercises: a small one, `01-answer`, and exercise 3 as it is. */
export interface SmallCourse {
  readonly folder: string;
  /** The learner's file of the small one. */
  readonly file: string;
  remove(): void;
}

/** Makes such a course in a temporary folder. */
export function makeSmallCourse(): SmallCourse {
  const folder = mkdtempSync(join(tmpdir(), 'lwasync-session-'));
  const exercises = join(folder, 'exercises');
  writeExercises(exercises, ['01-answer']);
  const name = '03-all-at-once';
  cpSync(join(OWN_EXERCISES, name), join(exercises, name), { recursive: true });
  const course = startCourse(join(folder, 'course'), exercises);
  return {
    folder: course.folder,
    file: join(course.folder, '01-answer', 'exercise.ts'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
