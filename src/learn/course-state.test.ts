import { spawn } from 'node:child_process';
import {
  linkSync,
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
import { UsageError } from '../core/errors.js';
import {
  progressOf,
  readState,
  STATE_FILE,
  updateProgress,
  updateState,
  writeState,
} from './course-state.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (text: string): void => writeFileSync(join(folder, STATE_FILE), text);

describe('the state of a course', () => {
  it('is read as it was written', () => {
    const state = {
      from: '../ours',
      current: '01-first',
      progress: {
        '01-first': {
          attempts: 2,
          hintsUsed: 3,
          hintsShown: 1,
          predicted: 0,
          measured: { text: 'it took 1 s', choice: 2 },
          last: { files: 'abc', seed: 7, diagnosis: 'no-calls', message: 'no call came' },
          passed: { at: '2026-01-01T00:00:00.000Z', files: 'abc', seen: 'all were there' },
          solutionShown: true,
        },
      },
    };
    writeState(folder, state);
    expect(readState(folder)).toEqual(state);
  });

  it('is replaced as a whole, so whoever reads the one before reads on in that', () => {
    writeState(folder, { progress: {} });
    const before = join(folder, 'before');
    linkSync(join(folder, STATE_FILE), before);
    const text = readFileSync(before, 'utf8');
    updateProgress(folder, '01-first', (progress) => ({ ...progress, attempts: 1 }));
    expect(progressOf(readState(folder), '01-first').attempts).toBe(1);
    expect(readFileSync(before, 'utf8')).toBe(text);
  });

  it('leaves nothing else behind', () => {
    writeState(folder, { progress: {} });
    updateProgress(folder, '01-first', (progress) => ({ ...progress, attempts: 1 }));
    expect(readdirSync(folder)).toEqual([STATE_FILE]);
  });

  it.each(['', '{', '[1, 2', '{"version": 1, "progress": {"01-first"'])(
    'that is cut short, %j, is refused and left as it is',
    (text) => {
      put(text);
      expect(() => updateState(folder, (state) => state)).toThrow(UsageError);
      expect(() => readState(folder)).toThrow('lwasync learn start');
      expect(readFileSync(join(folder, STATE_FILE), 'utf8')).toBe(text);
      expect(readdirSync(folder)).toEqual([STATE_FILE]);
    },
  );

  it.each(['{"version": 2, "progress": {}}', 'null', '7', '{}'])(
    'that is of another version, %s, is refused',
    (text) => {
      put(text);
      expect(() => readState(folder)).toThrow('expected version 1');
    },
  );

  it.each([
    'null',
    '"text"',
    '[]',
    '{"01-first": null}',
    '{"01-first": {"attempts": -1, "hintsUsed": "many", "predicted": 1.5, "last": [], "passed": {"files": 3}}}',
    '{"01-first": {"later": {"than": "us"}}}',
  ])('counts for nothing where it is not what it should be: %s', (progress) => {
    put(`{"version": 1, "current": 5, "more": {}, "progress": ${progress}}`);
    const state = readState(folder);
    expect(state.current).toBeUndefined();
    expect(progressOf(state, '01-first')).toEqual({ attempts: 0, hintsUsed: 0, hintsShown: 0 });
  });

  it('that cannot be written is told so, and nothing is left beside it', () => {
    // A folder takes no file in its place.
    mkdirSync(join(folder, STATE_FILE, 'full'), { recursive: true });
    expect(() => writeState(folder, { progress: {} })).toThrow('could not be written');
    expect(readdirSync(folder)).toEqual([STATE_FILE]);
  });

  it('is changed in spite of a lock that a process left behind when it was killed', () => {
    writeState(folder, { progress: {} });
    mkdirSync(join(folder, `${STATE_FILE}.lock`));
    updateProgress(folder, '01-first', (progress) => ({ ...progress, attempts: 1 }));
    expect(progressOf(readState(folder), '01-first').attempts).toBe(1);
    expect(readdirSync(folder)).toEqual([STATE_FILE]);
  });

  it('loses nothing when several processes change it at once', async () => {
    writeState(folder, { progress: {} });
    const [writers, times] = [4, 25];
    const module = join(import.meta.dirname, '..', '..', 'dist', 'learn', 'course-state.js');
    const program = `
      const { updateProgress } = await import(${JSON.stringify(`file://${module}`)});
      for (let i = 0; i < ${times}; i++) {
        updateProgress(${JSON.stringify(folder)}, '01-first', (p) => ({ ...p, attempts: p.attempts + 1 }));
      }`;
    const ended = Array.from({ length: writers }, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
      return new Promise((resolve) => child.on('exit', resolve));
    });
    expect(await Promise.all(ended)).toEqual(Array(writers).fill(0));
    expect(progressOf(readState(folder), '01-first').attempts).toBe(writers * times);
    expect(readdirSync(folder)).toEqual([STATE_FILE]);
  });
});
