import { mkdtempSync, readFileSync, symlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answering, writeExercises } from '../../test/support/exercises-of-our-own.js';
import { fileOf, findExercise, type Course } from './course.js';
import { progressOf, readState, type ExerciseProgress } from './course-state.js';
import type { Exercise } from './exercise-folder.js';
import { showSolution } from './learner-steps.js';
import { runExercise } from './run-exercise.js';
import { startCourse } from './start-course.js';

let folder: string;
let course: Course;
let exercise: Exercise;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-run-'));
  writeExercises(join(folder, 'ours'), ['01-first']);
  course = startCourse(join(folder, 'mine'), join(folder, 'ours'));
  exercise = findExercise(course, '1');
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (text: string): void => writeFileSync(fileOf(course, exercise), text);
const known = (): ExerciseProgress => progressOf(readState(course.folder), exercise.id);

describe('a run', () => {
  it('that fails is recorded with what was wrong, and as an attempt when the file is another', async () => {
    expect((await runExercise(course, exercise, { seed: 1 })).verdict.passed).toBe(false);
    // Nobody has attempted anything as long as the file is as it was handed out.
    expect(known()).toMatchObject({ attempts: 0, last: { seed: 1, diagnosis: 'nothing' } });
    write(answering('41'));
    await runExercise(course, exercise, { seed: 2 });
    await runExercise(course, exercise, { seed: 3 });
    const message = 'it returned 41, expected 42';
    expect(known()).toMatchObject({ attempts: 1, last: { seed: 3, diagnosis: 'other', message } });
    expect(known().passed).toBeUndefined();
  });

  it('that passes is recorded with what was seen and measured', async () => {
    write(answering('42'));
    const { verdict, measurement, isKnown } = await runExercise(course, exercise, { seed: 1 });
    expect([verdict, measurement?.choice, isKnown]).toEqual([
      { passed: true, seen: 'it returned 42' },
      1,
      false,
    ]);
    expect(known()).toMatchObject({
      attempts: 1,
      measured: { text: 'the answer was 42', choice: 1 },
      passed: { seen: 'it returned 42' },
    });
    expect(known().last?.diagnosis).toBeUndefined();
  });

  it('is not made again when the file has passed as it is, except when asked for', async () => {
    write(answering('42'));
    await runExercise(course, exercise, { seed: 1 });
    const before = known();
    expect(await runExercise(course, exercise, { seed: 2 })).toMatchObject({
      isKnown: true,
      verdict: { passed: true, seen: 'it returned 42' },
    });
    expect(known()).toEqual(before);
    expect(await runExercise(course, exercise, { seed: 3, again: true })).toMatchObject({
      isKnown: false,
    });
    expect(known()).toMatchObject({ attempts: 1, last: { seed: 3 } });
  });

  it('is made again when a file beside it has changed, but not for a solution, a file that was kept or an editor', async () => {
    const beside = join(dirname(fileOf(course, exercise)), 'mine.ts');
    const isKnown = async (): Promise<boolean> =>
      (await runExercise(course, exercise, { seed: 1 })).isKnown;
    writeFileSync(beside, answering('42'));
    write("export { answer } from './mine.ts';\n");
    expect(await isKnown()).toBe(false);
    showSolution(course, exercise);
    writeFileSync(fileOf(course, exercise).replace('.ts', '.kept-1.ts'), '');
    // As Emacs locks a file.
    symlinkSync('nowhere', join(dirname(beside), '.#exercise.ts'));
    expect(await isKnown()).toBe(true);
    writeFileSync(beside, answering('41'));
    const { verdict } = await runExercise(course, exercise, { seed: 1 });
    expect(verdict).toMatchObject({ passed: false, diagnosis: 'other' });
  });

  it('is made again when the check has changed', async () => {
    write(answering('42'));
    await runExercise(course, exercise, { seed: 1 });
    const check = join(exercise.folder, 'check.ts');
    writeFileSync(check, `${readFileSync(check, 'utf8')}// Stricter.\n`);
    expect(await runExercise(course, exercise, { seed: 1 })).toMatchObject({ isKnown: false });
  });

  it('under which the file is changed counts for the file as it is in the end', async () => {
    // The right answer puts a wrong one in its place as soon as it runs.
    const wrong = JSON.stringify(answering('41'));
    const file = JSON.stringify(fileOf(course, exercise));
    write(
      `import { writeFileSync } from 'node:fs';\nexport function answer(): unknown { writeFileSync(${file}, ${wrong}); return 42; }\n`,
    );
    const { verdict } = await runExercise(course, exercise, { seed: 1 });
    expect(verdict).toMatchObject({ passed: false, diagnosis: 'other' });
    expect(known().passed).toBeUndefined();
    expect(known().attempts).toBe(1);
  });

  it('under which the file is changed each time comes to an end, and records nothing', async () => {
    const file = JSON.stringify(fileOf(course, exercise));
    write(
      `import { appendFileSync } from 'node:fs';\nexport function answer(): unknown { appendFileSync(${file}, '// More.\\n'); return 42; }\n`,
    );
    const { verdict } = await runExercise(course, exercise, { seed: 1 });
    expect(verdict).toMatchObject({ passed: false, diagnosis: 'keeps-changing' });
    expect(known()).toEqual({ attempts: 0, hintsUsed: 0, hintsShown: 0 });
  });

  it('under which the file is written anew is made again, though it says the same', async () => {
    const file = JSON.stringify(fileOf(course, exercise));
    write(
      `import { readFileSync, writeFileSync } from 'node:fs';\nexport function answer(): unknown { writeFileSync(${file}, readFileSync(${file})); return 42; }\n`,
    );
    const { verdict } = await runExercise(course, exercise, { seed: 1 });
    expect(verdict).toMatchObject({ passed: false, diagnosis: 'keeps-changing' });
  });

  it('that passes counts, also when the code does not do again what it did', async () => {
    const check = join(exercise.folder, 'check.ts');
    const again =
      'measure({ attempt }: CheckContext): Promise<Measurement> {\n  await attempt.call("answer", []);';
    const text = readFileSync(check, 'utf8').replace('measure(): Promise<Measurement> {', again);
    writeFileSync(check, text);
    const once = JSON.stringify(join(folder, 'once'));
    write(
      `import { mkdirSync } from 'node:fs';\nexport function answer(): unknown { mkdirSync(${once}); return 42; }\n`,
    );
    const { verdict, measurement } = await runExercise(course, exercise, { seed: 1 });
    expect([verdict.passed, measurement]).toEqual([true, undefined]);
    expect(known()).toMatchObject({ passed: { seen: 'it returned 42' } });
    expect(known().measured).toBeUndefined();
  });

  it('that is ended records nothing', async () => {
    write('for (;;);');
    const controller = new AbortController();
    const run = runExercise(course, exercise, { seed: 1, signal: controller.signal });
    controller.abort(new Error('stopped'));
    await expect(run).rejects.toThrow('stopped');
    expect(known()).toEqual({ attempts: 0, hintsUsed: 0, hintsShown: 0 });
  });

  it('of a file that is not there names it, and how it comes back', async () => {
    rmSync(fileOf(course, exercise));
    const { verdict } = await runExercise(course, exercise, { seed: 1 });
    expect(verdict).toMatchObject({ passed: false, diagnosis: 'no-file' });
    expect(verdict).toHaveProperty('message', expect.stringContaining('lwasync learn reset 1'));
    expect(known().attempts).toBe(0);
  });
});
