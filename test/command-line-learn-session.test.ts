import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OWN_EXERCISES } from '../src/learn/exercise-folder.js';
import { answering } from './support/exercises-of-our-own.js';
import {
  hasTerminals,
  startInTerminal,
  type RunningInTerminal,
} from './support/run-in-terminal.js';
import { makeSmallCourse, type SmallCourse } from './support/small-course.js';

const SIZE = { columns: 80, rows: 32 };
const UP = '\u001b[A';
const ESCAPE = '\u001b';
const CTRL_C = '\u0003';
const CTRL_Z = '\u001a';
const ANSWER = answering('42');
const WRONG = answering('7');
const ENDLESS = 'export function answer(): number { for (;;); }\n';

let course: SmallCourse;
let terminal: RunningInTerminal;
const start = (shell?: (command: string) => string): RunningInTerminal => {
  const more = shell === undefined ? {} : { shell };
  terminal = startInTerminal(['learn'], { size: SIZE, folder: course.folder, ...more });
  return terminal;
};
const predicted = async (): Promise<void> => {
  start();
  await terminal.shows('Before the first run, predict:');
  terminal.type('3');
  await terminal.shows('✗ 1 Exercise answer: not yet (nothing');
};
const expectLeft = async (code: number): Promise<void> => {
  expect(await terminal.finished).toBe(code);
  expect(terminal.screen.isSecond).toBe(false);
  expect(terminal.screen.isCursorShown).toBe(true);
  expect(terminal.screen.text).toContain('To go on: lwasync learn');
};

beforeEach(() => {
  course = makeSmallCourse();
});
afterEach(() => {
  terminal.end();
  course.remove();
});

describe.skipIf(!hasTerminals)('a learn session', { timeout: 60_000 }, () => {
  it('goes from a prediction over wrong answers and hints to what was measured, and on to the next exercise', async () => {
    start();
    await terminal.shows('Before the first run, predict:');
    await terminal.shows('[---------------] 0 of 2 passed');
    await terminal.shows('  3) 43');
    terminal.type('3');
    await terminal.shows('✗ 1 Exercise answer: not yet (nothing');
    await terminal.shows('It returned 0, expected 42.');
    terminal.type('h');
    await terminal.shows('Hint 1 of 3: nothing: a question?');
    terminal.type('n');
    await terminal.shows('Exercise 1 has not passed yet');
    writeFileSync(course.file, WRONG);
    await terminal.shows('It returned 7, expected 42.');
    terminal.type('h');
    await terminal.shows('Hint 1 of 3: other: a question?');
    writeFileSync(course.file, ANSWER);
    await terminal.shows('✓ 1 Exercise answer: passed');
    await terminal.shows('You predicted: 3) 43');
    await terminal.shows('Measured:      2) 42');
    await terminal.shows('1 of 2 passed');
    terminal.type('n');
    await terminal.shows('Ten calls of 50 ms each');
    terminal.type('\r');
    await terminal.shows('✗ 3 All at once: not yet (no-calls');
    const name = '03-all-at-once';
    copyFileSync(
      join(OWN_EXERCISES, name, 'solution.ts'),
      join(course.folder, name, 'exercise.ts'),
    );
    await terminal.shows('✓ 3 All at once: passed');
    await terminal.shows('You predicted: nothing');
    await terminal.shows(' call 1 ');
    terminal.type('n');
    await terminal.shows('✓ All 2 exercises have passed.');
    terminal.type('q');
    await expectLeft(0);
    expect(terminal.screen.text).toContain('All 2 exercises have passed.');
  });

  it('lists the exercises and goes to one, shows a solution that was earned, and resets', async () => {
    await predicted();
    terminal.type('s');
    await terminal.shows('A solution is shown when yours has passed');
    writeFileSync(course.file, ANSWER);
    await terminal.shows('✓ 1 Exercise answer: passed');
    terminal.type('l');
    await terminal.shows('> ✓  1  Exercise answer');
    terminal.type('3');
    await terminal.shows('> ·  3  All at once');
    terminal.type('\r');
    await terminal.shows('Ten calls of 50 ms each');
    terminal.type('l');
    await terminal.shows('> ·  3  All at once');
    terminal.type(UP);
    await terminal.shows('> ✓  1  Exercise answer');
    terminal.type(ESCAPE);
    await terminal.shows('Ten calls of 50 ms each');
    terminal.type('p');
    await terminal.shows('✓ 1 Exercise answer: passed');
    terminal.type('s');
    await terminal.shows('A solution, in 01-answer/solution.ts');
    await terminal.shows('return 42;');
    terminal.type('s');
    await terminal.shows('You predicted: 3) 43');
    terminal.type('x');
    await terminal.shows('y yes   n no');
    terminal.type('n');
    await terminal.shows('x reset');
    terminal.type('x');
    await terminal.shows('y yes   n no');
    terminal.type('y');
    await terminal.shows('01-answer/exercise.kept-1.ts.');
    await terminal.shows('✗ 1 Exercise answer: not yet');
    await terminal.shows('It passed once, but its files or its check have changed since.');
    expect(readFileSync(join(course.folder, '01-answer', 'exercise.kept-1.ts'), 'utf8')).toBe(
      ANSWER,
    );
    terminal.type('q');
    await expectLeft(0);
  });

  it('ends a run without end when the file is saved, and has the verdict of the newest file only', async () => {
    await predicted();
    writeFileSync(course.file, ENDLESS);
    await terminal.shows('1 Exercise answer: running, ');
    writeFileSync(course.file, ANSWER);
    await terminal.shows('✓ 1 Exercise answer: passed');
    expect(terminal.written()).not.toContain('holds-the-thread');
    terminal.type(CTRL_C);
    await expectLeft(130);
  });

  it('takes two saves at once for the second, however an editor saves', async () => {
    await predicted();
    writeFileSync(course.file, WRONG);
    writeFileSync(course.file, '');
    writeFileSync(course.file, ANSWER);
    await terminal.shows('✓ 1 Exercise answer: passed');
    writeFileSync(`${course.file}~`, WRONG);
    renameSync(`${course.file}~`, course.file);
    await terminal.shows('It returned 7, expected 42.');
    rmSync(course.file);
    writeFileSync(course.file, ANSWER);
    await terminal.shows('✓ 1 Exercise answer: passed');
    expect(terminal.written().match(/returned 7/g)).toHaveLength(1);
    expect(terminal.written()).not.toContain('does-not-load');
  });

  it('tells of a file that is gone, and goes on when it is back', async () => {
    await predicted();
    rmSync(course.file);
    await terminal.shows('exercise.ts is not there');
    terminal.type('h');
    await terminal.shows('There is no hint for that.');
    writeFileSync(course.file, ANSWER);
    await terminal.shows('✓ 1 Exercise answer: passed');
    terminal.type('q');
    await expectLeft(0);
  });

  it('lives on when the state of the course is broken, and when it is mended', async () => {
    await predicted();
    const state = join(course.folder, 'lwasync-course.json');
    const text = readFileSync(state, 'utf8');
    writeFileSync(state, '{');
    terminal.type('h');
    await terminal.shows('could not be read');
    writeFileSync(course.file, ANSWER);
    await terminal.shows('mend it, or delete it');
    writeFileSync(state, text);
    terminal.type('r');
    await terminal.shows('✓ 1 Exercise answer: passed');
    terminal.type('q');
    await expectLeft(0);
  });

  it('ends what runs, too, when it is ended by Ctrl-C', async () => {
    await predicted();
    const note = join(course.folder, 'pid');
    writeFileSync(
      course.file,
      `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(note)}, String(process.pid)); for (;;);`,
    );
    await until(() => existsSync(note) && readFileSync(note, 'utf8') !== '');
    terminal.type(CTRL_C);
    await expectLeft(130);
    await until(() => !isAlive(Number(readFileSync(note, 'utf8'))));
    expect(terminal.written()).not.toContain('holds-the-thread');
  });

  it('stops at Ctrl-Z with the terminal as it was, and goes on with fg', async () => {
    // A shell with jobs, as people have it.
    start((command) => `set -m; ${command}; echo it stopped; read line; fg >/dev/null`);
    await terminal.shows('Before the first run, predict:');
    terminal.type(CTRL_Z);
    await terminal.shows('it stopped');
    expect(terminal.screen.isSecond).toBe(false);
    expect(terminal.screen.isCursorShown).toBe(true);
    terminal.type('\n');
    await terminal.shows('Before the first run, predict:');
    terminal.type('1');
    await terminal.shows('✗ 1 Exercise answer: not yet (nothing');
    terminal.type('q');
    await expectLeft(0);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
