import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answering, writeExercises } from '../../test/support/exercises-of-our-own.js';
import { reportClass } from './class-report.js';
import { fingerprintOf } from './course.js';
import { STATE_FILE, updateProgress, type ExerciseProgress } from './course-state.js';
import { startCourse } from './start-course.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-class-'));
  writeExercises(join(folder, 'ours'), ['01-first', '02-second']);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A learner's course, with what is known of the first exercise. */
function learner(name: string, known: Partial<ExerciseProgress>, hasPassed = false): string {
  const course = startCourse(join(folder, name), join(folder, 'ours'));
  const [first] = course.exercises;
  if (first === undefined) throw new Error('there are exercises');
  writeFileSync(join(course.folder, first.id, 'exercise.ts'), answering('41'));
  const files = fingerprintOf(course, first) ?? '';
  updateProgress(course.folder, first.id, (progress) => ({
    ...progress,
    ...known,
    ...(hasPassed ? { passed: { at: '', files, seen: '' } } : {}),
  }));
  return course.folder;
}

const stuckAt = (diagnosis: string): Partial<ExerciseProgress> => ({
  last: { files: 'x', seed: 1, diagnosis, message: '' },
});

describe('the report of a class', () => {
  it('counts who passed, the attempts, the predictions, and what is wrong most often', () => {
    const measured = { text: '', choice: 1 };
    const folders = [
      learner('ada', { attempts: 2, predicted: 1, measured }, true),
      learner('bob', { attempts: 7, predicted: 2, measured, ...stuckAt('other') }, true),
      learner('cy', { attempts: 3, predicted: 2, ...stuckAt('other') }),
      learner('di', { attempts: 4, ...stuckAt('nothing') }),
      learner('ed', { ...stuckAt('nothing') }),
    ];
    const { learners, exercises, unread } = reportClass(folders);
    expect(learners.map(({ name }) => name)).toEqual(folders);
    expect(learners.map(({ exercises: [first] }) => first?.standing)).toEqual([
      'passed',
      'passed',
      'not yet',
      'not yet',
      'not yet',
    ]);
    expect(exercises).toMatchObject([
      {
        exercise: { id: '01-first' },
        learners: 5,
        passed: 2,
        medianAttempts: 3.5,
        predicted: [0, 1, 2],
        measured: [0, 2, 0],
        predictedMeasured: 2,
        predictedRight: 1,
        stuckAt: { diagnosis: 'nothing', learners: 2 },
      },
      { exercise: { id: '02-second' }, learners: 5, passed: 0, medianAttempts: undefined },
    ]);
    expect(exercises[1]?.stuckAt).toBeUndefined();
    expect(unread).toEqual([]);
  });

  it('takes the first by name where several are wrong equally often', () => {
    const folders = [learner('ada', stuckAt('other')), learner('bob', stuckAt('nothing'))];
    expect(reportClass(folders).exercises[0]?.stuckAt?.diagnosis).toBe('nothing');
  });

  it('takes nobody to be held up by an exercise that is as it was handed out', () => {
    const untouched = learner('ada', stuckAt('nothing'));
    cpSync(
      join(folder, 'ours', '01-first', 'exercise.ts'),
      join(untouched, '01-first', 'exercise.ts'),
    );
    expect(reportClass([untouched]).exercises[0]?.stuckAt).toBeUndefined();
  });

  it('tells what cannot be read, and reports the others', () => {
    const good = learner('ada', {});
    const broken = learner('bob', {});
    writeFileSync(join(broken, STATE_FILE), '{');
    const other = join(folder, 'notes');
    mkdirSync(other);
    const { learners, unread } = reportClass([broken, other, good]);
    expect(learners).toHaveLength(1);
    expect(unread.map(({ name }) => name)).toEqual([broken, other]);
    expect(unread[0]?.reason).toContain('could not be read');
    expect(unread[1]?.reason).toBe(`it is no course, since it holds no ${STATE_FILE}`);
  });

  it('of nobody is empty', () => {
    expect(reportClass([])).toEqual({ learners: [], exercises: [], unread: [] });
  });
});
