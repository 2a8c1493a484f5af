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
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answering, writeExercises } from '../../test/support/exercises-of-our-own.js';
import { openCourse } from './course.js';
import { readState, STATE_FILE } from './course-state.js';
import { startCourse } from './start-course.js';

let folder: string;
let ours: string;
let mine: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-start-'));
  ours = join(folder, 'ours');
  mine = join(folder, 'mine');
  writeExercises(ours, ['01-first', '02-second']);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('starting a course', () => {
  it('hands out everything but what is earned later', () => {
    startCourse(mine, ours);
    expect(readdirSync(mine).toSorted()).toEqual([
      '.gitignore',
      '01-first',
      '02-second',
      'README.md',
      STATE_FILE,
      'package.json',
      'tsconfig.json',
    ]);
    expect(readdirSync(join(mine, '01-first')).toSorted()).toEqual(['README.md', 'exercise.ts']);
    expect(openCourse(mine).exercises.map(({ id }) => id)).toEqual(['01-first', '02-second']);
    expect(readState(mine)).toEqual({ from: '../ours', progress: {} });
  });

  it('takes those of lwasync where no others are named', () => {
    expect(startCourse(mine).exercises.length).toBeGreaterThan(0);
    expect(readState(mine).from).toBeUndefined();
    expect(readFileSync(join(mine, 'README.md'), 'utf8')).toContain('nothing keeps it in');
  });

  it('again brings back what is gone, and leaves what is there', () => {
    startCourse(mine, ours);
    const file = join(mine, '01-first', 'exercise.ts');
    writeFileSync(file, answering('42'));
    writeFileSync(join(mine, 'package.json'), '{"name": "renamed"}');
    rmSync(join(mine, '02-second'), { recursive: true });
    rmSync(join(mine, STATE_FILE));
    startCourse(mine, ours);
    expect(readFileSync(file, 'utf8')).toBe(answering('42'));
    expect(readFileSync(join(mine, 'package.json'), 'utf8')).toBe('{"name": "renamed"}');
    expect(existsSync(join(mine, '02-second', 'exercise.ts'))).toBe(true);
    expect(readState(mine).progress).toEqual({});
  });

  it('keeps how far the learner is', () => {
    startCourse(mine, ours);
    const state = '{"version": 1, "from": "../ours", "current": "02-second", "progress": {}}';
    writeFileSync(join(mine, STATE_FILE), state);
    startCourse(mine, ours);
    expect(readFileSync(join(mine, STATE_FILE), 'utf8')).toBe(state);
  });

  it('again takes the exercises that the course has, and refuses others', () => {
    startCourse(mine, ours);
    rmSync(join(mine, '02-second'), { recursive: true });
    expect(startCourse(mine).exercises.map(({ id }) => id)).toEqual(['01-first', '02-second']);
    expect(existsSync(join(mine, '02-second', 'exercise.ts'))).toBe(true);
    writeExercises(join(folder, 'others'), ['01-other']);
    expect(() => startCourse(mine, join(folder, 'others'))).toThrow('is a course already');
    expect(existsSync(join(mine, '01-other'))).toBe(false);
  });

  it('refuses a folder that holds something else, and leaves it as it is', () => {
    mkdirSync(mine);
    writeFileSync(join(mine, 'thesis.md'), 'words');
    expect(() => startCourse(mine, ours)).toThrow('holds other files');
    expect(readdirSync(mine)).toEqual(['thesis.md']);
  });

  it('takes a repository that holds nothing yet', () => {
    mkdirSync(join(mine, '.git'), { recursive: true });
    expect(startCourse(mine, ours).exercises).toHaveLength(2);
  });

  it('refuses a file, and a place where there can be no folder', () => {
    writeFileSync(mine, 'words');
    expect(() => startCourse(mine, ours)).toThrow('expected a folder, got');
    expect(() => startCourse(join(mine, 'deeper'), ours)).toThrow('could not be written to');
  });

  it('refuses exercises that are none', () => {
    expect(() => startCourse(mine, join(folder, 'nowhere'))).toThrow(
      'could not be read as a folder',
    );
    mkdirSync(join(folder, 'empty'));
    expect(() => startCourse(mine, join(folder, 'empty'))).toThrow('holds no exercises');
    expect(existsSync(mine)).toBe(false);
  });
});
