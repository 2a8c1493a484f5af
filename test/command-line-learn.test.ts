import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answering, writeExercises } from './support/exercises-of-our-own.js';
import { expectSchema } from './support/expect-schema.js';
import { runCli, startCli, type Finished, type RunningCli } from './support/run-cli.js';

let folder: string;
let course: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-learn-'));
  course = join(folder, 'mine');
  writeExercises(join(folder, 'ours'), ['01-first', '02-second', '03-third']);
});
afterEach(() => rmSync(folder, { recursive: true }));

const learn = (words: readonly string[], cwd = course): Promise<Finished> =>
  runCli(['learn', ...words], { cwd });
const begin = (): Promise<Finished> => learn(['start', 'mine', '--exercises', 'ours'], folder);
const write = (id: string, text: string): void =>
  writeFileSync(join(course, id, 'exercise.ts'), text);

/** What is printed with `--json`, held against the schema. */
async function json(words: readonly string[], cwd = course): Promise<unknown> {
  const { stdout } = await learn([...words, '--json'], cwd);
  const document: unknown = JSON.parse(stdout);
  await expectSchema('learn.schema.json', document);
  return document;
}

async function expectRefusal(words: readonly string[], part: string, cwd = course): Promise<void> {
  const { code, stdout, stderr } = await learn(words, cwd);
  expect(stderr).toContain(part);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^lwasync: /);
  expect([code, stdout]).toEqual([2, '']);
}

describe('outside of a course', () => {
  it('learn list shows the exercises of lwasync, and everything else says how to begin', async () => {
    const { code, stdout } = await learn(['list'], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ 3 {2}All at once +15 min\n/);
    expect(stdout).toContain('To begin: lwasync learn start my-course');
    expect(await json(['list'], folder)).toMatchObject({ kind: 'list', course: null });
    const others = [[], ['status'], ['check'], ['hint'], ['solution'], ['report']];
    await Promise.all(
      others.map((words) => expectRefusal(words, 'write: lwasync learn start my-course', folder)),
    );
  });

  it('what to write next is told with npx where it was called by npx', async () => {
    const env = { npm_command: 'exec' };
    const { stdout } = await runCli(['learn', 'list'], { cwd: folder, env });
    expect(stdout).toContain('To begin: npx lwasync learn start my-course');
    const { stderr } = await runCli(['learn', 'status'], { cwd: folder, env });
    expect(stderr).toContain('write: npx lwasync learn start my-course');
  });

  it('learn start makes a course and says what comes next', async () => {
    const { code, stdout } = await begin();
    expect(code).toBe(0);
    expect(stdout).toContain('mine holds 3 exercises, about 30 min of work.');
    expect(stdout).toMatch(/cd mine\n {2}npm install .*\n {2}npx lwasync learn /);
    await expectRefusal(['start', '.'], 'holds other files', join(folder, 'ours', '01-first'));
  });
});

describe('a wrong word', () => {
  it('gets one sentence and exit code 2', async () => {
    await begin();
    const refused: readonly (readonly [words: readonly string[], part: string])[] = [
      [[], 'write: lwasync learn check'],
      [['frobnicate'], "got 'frobnicate'"],
      [['check', '9'], "got '9'; there are: 01-first, 02-second, 03-third"],
      [['check', '--predict', '2'], 'lwasync learn check 3 --predict 2'],
      [['check', '1', '--predict', '4'], 'one of the choices 1 to 3, got 4'],
      [['check', '--seed', 'x'], '--seed: expected a whole number'],
      [['reset'], "missing required argument 'exercise'"],
      [['hint'], 'lwasync learn check 1'],
      [['solution', '2'], 'comes when yours has passed'],
      [['report', '-o', 'report.txt'], 'ends in .json, .html, .md'],
    ];
    await Promise.all(refused.map(([words, part]) => expectRefusal(words, part)));
    rmSync(join(folder, 'ours'), { recursive: true });
    await expectRefusal(['check'], 'under "from" in');
    writeFileSync(join(course, 'lwasync-course.json'), '{');
    await expectRefusal(['status'], 'lwasync-course.json');
  });
});

describe('the way through an exercise', () => {
  it('goes from a check that fails over hints to one that passes and its solution', async () => {
    await begin();
    const first = await learn(['check', 'first']);
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(/✗ 1 Exercise first: not yet \(nothing, seed \d+\)/);
    expect(first.stdout).toContain('It returned 0, expected 42.');
    expect(first.stdout).toContain('What is the answer?');
    expect((await learn(['hint'])).stdout).toContain('nothing: a question?');
    expect((await learn(['hint', '1'])).stdout).toContain('nothing: a place.');

    write('01-first', answering('42'));
    const second = await learn(['check', '1', '--predict', '3']);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toContain('✓ 1 Exercise first: passed');
    expect(second.stdout).toContain('You predicted: 3) 43');
    expect(second.stdout).toContain('Measured:      2) 42');
    expect(second.stdout).toContain('Next: read 02-second/README.md');
    expect((await learn(['check', '1'])).stdout).toContain('as before, not run again');

    const { stdout, stderr } = await learn(['solution']);
    expect(stdout).toBe(answering('42'));
    expect(stderr).toContain(join('01-first', 'solution.ts'));
    const reset = await learn(['reset', '1']);
    expect(reset.stdout).toContain(join('01-first', 'exercise.kept-1.ts'));
    expect((await learn(['status'])).stdout).toContain(
      'Passed once, but the files or the check have changed since: 1\n',
    );
    expect(await json(['list'])).toMatchObject({
      exercises: [
        { id: '01-first', standing: 'changed', isCurrent: true, attempts: 1, hints: 2 },
        { id: '02-second', standing: 'not begun', isCurrent: false },
        { id: '03-third', standing: 'not begun' },
      ],
    });
  });

  it('takes every exercise when none is named, and leaves what has not begun', async () => {
    await begin();
    write('01-first', answering('42'));
    write('02-second', answering('41'));
    const { code, stdout } = await learn(['check']);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /✓ 1 Exercise first: passed\n✗ 2 Exercise second: not yet \(other, seed/,
    );
    expect(stdout).toContain('It returned 41, expected 42.\n· 3 Exercise third: not begun\n');
    expect(stdout).toContain('1 of 3 exercises has passed.');
    expect(await json(['status'])).toMatchObject({
      passed: 1,
      of: 3,
      minutesLeft: 20,
      current: { id: '02-second', standing: 'not yet' },
      next: '02-second',
    });
    expect((await learn(['status'])).stdout).toContain('The last check said:');
  });

  it('runs nothing again that has passed, and ends with 0 when all have', async () => {
    await begin();
    for (const id of ['01-first', '02-second', '03-third']) write(id, answering('42'));
    await learn(['check', '1']);
    expect(await json(['check', '--seed', '7'])).toMatchObject({
      interrupted: false,
      passed: 3,
      exercises: [
        { result: 'passed', isKnown: true },
        { result: 'passed', isKnown: false, seed: 7, measured: 'the answer was 42' },
        { result: 'passed', isKnown: false },
      ],
    });
    expect(await learn(['check'])).toMatchObject({ code: 0 });
    const { stdout } = await learn(['status']);
    expect(stdout).toContain('All 3 exercises have passed.');
    expect(stdout).not.toContain('changed');
  });

  it('tells of a file that is not there, and goes on with the others', async () => {
    await begin();
    rmSync(join(course, '01-first', 'exercise.ts'));
    write('02-second', answering('42'));
    const { code, stdout } = await learn(['check']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ 1 Exercise first: not yet \(no-file/);
    expect(stdout).toContain('✓ 2 Exercise second: passed');
    expect(await json(['check', '1'])).toMatchObject({ exercises: [{ diagnosis: 'no-file' }] });
  });

  it('is left by Ctrl-C at once, with nothing behind and nothing recorded', async () => {
    await begin();
    const ready = join(folder, 'pid');
    const program = `import { writeFileSync } from 'node:fs';
export function answer(): unknown { writeFileSync(${JSON.stringify(ready)}, String(process.pid)); for (;;); }\n`;
    write('01-first', program);
    const running = startCli(['learn', 'check', '1', '--json'], { cwd: course });
    const pid = await written(ready, running);
    running.kill('SIGINT');
    const { code, stdout } = await running.finished;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ interrupted: true, of: 0 });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(readdirSync(course).filter((name) => /tmp|lock/.test(name))).toEqual([]);
    expect(await json(['status'])).toMatchObject({ current: { attempts: 0 } });
  });
});

describe('a report for teachers', () => {
  it('shows a class, tells of what is no course, and steers no terminal', async () => {
    await begin();
    write('01-first', answering('41'));
    await learn(['check', '1', '--predict', '1']);
    const state = join(course, 'lwasync-course.json');
    const hostile = readFileSync(state, 'utf8').replaceAll('other', '\\u001b[2J|**bold**');
    writeFileSync(state, hostile);

    const { code, stdout, stderr } = await learn(
      ['report', 'mine/', 'nobody', '-o', 'r.md'],
      folder,
    );
    expect(code).toBe(2);
    expect(stderr).toContain('lwasync: nobody is left out: it is no course');
    expect(stderr).toContain('wrote r.md');
    expect(stdout).toMatch(/mine {2}✗ 1 {2}· /);
    expect(stdout).toContain("The state files are the learners' own");
    expect(stdout).not.toContain('\u001b');
    const markdown = readFileSync(join(folder, 'r.md'), 'utf8');
    expect(markdown).toContain('| mine');
    expect(markdown).toContain('\\[2J&#124;\\*\\*bold\\*\\* (1)');
    expect(markdown).not.toContain('\u001b');

    expect(await json(['report', 'mine', 'nobody'], folder)).toMatchObject({
      learners: [{ name: 'mine', from: '../ours' }],
      exercises: [
        { passed: 0, learners: 1, predicted: [{ choice: '0', learners: 1 }, {}, {}] },
        {},
        {},
      ],
      unread: [{ name: 'nobody' }],
    });
    expect(await learn(['report'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('marks in every form which choice was measured, beside how many predicted it', async () => {
    await begin();
    write('01-first', answering('42'));
    await learn(['check', '1', '--predict', '3']);
    const words = ['report', 'mine', '-o', 'r.md', '-o', 'r.html'];
    const { stdout } = await learn(words, folder);
    expect(stdout).toContain('  0 × 42 (measured by 1)\n    1 × 43\n');
    expect(readFileSync(join(folder, 'r.md'), 'utf8')).toContain('- 0 × 42 (measured by 1)\n');
    expect(readFileSync(join(folder, 'r.html'), 'utf8')).toContain('0 × 42 (measured by 1)');
    const predicted = [
      { choice: '0', learners: 0, measured: 0 },
      { choice: '42', learners: 0, measured: 1 },
      { choice: '43', learners: 1, measured: 0 },
    ];
    expect(await json(['report', 'mine'], folder)).toMatchObject({
      exercises: [{ predicted, predictedMeasured: 1, predictedRight: 0 }, {}, {}],
    });
  });
});

describe('exercises of our own', () => {
  it('are verified, and what they lack is told in a sentence each', async () => {
    rmSync(join(folder, 'ours'), { recursive: true });
    writeExercises(join(folder, 'ours'), ['01-first']);
    const { code, stdout, stderr } = await learn(['verify', 'ours', '--seeds', '1'], folder);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^✗ 01-first\n/);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('01-first: expected');
  });
});

describe('asking for help', () => {
  it('shows examples for each command, and says that code is not sandboxed', async () => {
    const { stdout, code } = await learn(['--help'], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('is not sandboxed');
    const commands = [
      'list',
      'status',
      'report',
      'start',
      'check',
      'hint',
      'solution',
      'reset',
      'verify',
    ];
    const helps = await Promise.all(commands.map((command) => learn([command, '--help'], folder)));
    for (const [index, help] of helps.entries()) {
      expect(stdout).toContain(`  ${commands[index]} `);
      expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('Examples:')]);
    }
  });
});

/** The number that a program writes into a file. */
async function written(file: string, running: RunningCli): Promise<number> {
  for (;;) {
    const text = await readFileOrNothing(file);
    if (text !== '') return Number(text);
    const ended = await Promise.race([running.finished, aWhile()]);
    if (ended !== undefined) throw new Error(`ended before: ${running.output()}`);
  }
}

async function readFileOrNothing(file: string): Promise<string> {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function aWhile(): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), 10);
  });
}
