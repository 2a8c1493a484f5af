import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPracticeServer, type PracticeServer } from '../src/server/index.js';
import { expectSchema } from './support/expect-schema.js';
import { runCli, startCli } from './support/run-cli.js';

const EXAMPLES = join(import.meta.dirname, '..', 'examples');

/** Modules by name, each wrong in its own way. */
const MODULES = {
  good: 'export async function task() { return 1; }\nexport function taskSync() { return 1; }',
  onlySync: 'export function taskSync() { return 1; }',
  none: 'export const x = 1;',
  throws: "throw new Error('no database here');\nexport async function task() {}",
  syntax: 'export async function task( {',
  number: 'export const task = 5;',
  never: 'export async function task() { await new Promise(() => {}); }',
  rejects: "export async function task(i: number) { if (i % 3 === 0) throw new Error('third'); }",
  nothing: 'export function task() { Promise.resolve(1); }',
  promises: 'export function taskSync() { return Promise.resolve(1); }',
  endless: 'export function taskSync() { for (;;) {} }',
  prints: "export async function task() { console.log('by the task'); }",
  exitsAtImport: 'process.exit(0);\nexport async function task() {}',
  missing: "import './no-such-file.ts';\nexport async function task() {}",
  exits: 'export async function task() { process.exit(0); }',
  aside:
    "export async function task() { void Promise.reject(new Error('unheard')); await new Promise((r) => setTimeout(r, 50)); }",
} as const;

let folder: string;
let server: PracticeServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lwasync-'));
  server = await startPracticeServer({ port: 0, latencyMs: 0 });
  for (const [name, source] of Object.entries(MODULES)) {
    await writeFile(join(folder, `${name}.ts`), source);
  }
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const QUICK = ['-n', '4', '-r', '1', '-w', '0'];
const file = (name: keyof typeof MODULES): string => join(folder, `${name}.ts`);

describe('compare does any work', () => {
  it.each([
    [
      ['sleep', '1ms'],
      ['sync', 'sequential', 'async', 'threads'],
    ],
    [
      ['pi', '20'],
      ['sync', 'async', 'threads'],
    ],
    [
      ['matrix', '5'],
      ['sync', 'async', 'threads'],
    ],
    [
      ['file', 'package.json'],
      ['sync', 'sequential', 'async', 'threads'],
    ],
  ])('%j in the modes that tell something', async (task, modes) => {
    const { stdout, code } = await runCli(['compare', ...task, ...QUICK, '--json']);
    const document: unknown = JSON.parse(stdout);
    await expectSchema('compare.schema.json', document);
    expect(document).toMatchObject({
      tasks: [{ kind: task[0] }],
      modes: modes.map((mode) => ({ mode, calls: { ok: 4, failed: 0 } })),
    });
    expect(code).toBe(0);
  });

  it('a command, whose own options are its own', async () => {
    const words = ['--', process.execPath, '-e', '0', '--', '-n'];
    const { stdout, code } = await runCli(['compare', ...QUICK, '--json', 'command', ...words]);
    expect(JSON.parse(stdout)).toMatchObject({
      tasks: [{ kind: 'command', text: words.slice(1).join(' ') }],
    });
    expect(code).toBe(0);
  });

  it('a module, in the modes that its exports allow, and says which are left out', async () => {
    const both = await runCli(['compare', file('good'), ...QUICK, '--json']);
    expect(JSON.parse(both.stdout)).toMatchObject({ leftOut: [] });
    const { stdout, stderr, code } = await runCli(['compare', file('onlySync'), ...QUICK]);
    expect(stderr).toContain(`async was left out: ${file('onlySync')} exports no task.`);
    expect(stdout).toMatch(/^threads {2,}/m);
    expect(code).toBe(0);
  });

  it('a module that prints, which is no result: it goes to standard error', async () => {
    const { stdout, stderr } = await runCli(['compare', file('prints'), ...QUICK, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ tasks: [{ kind: 'module' }] });
    expect(stderr).toContain('by the task\n');
  });

  it('sleep on our own event loop or a reason, and nothing else there', async () => {
    const words = ['--modes', 'sync,loop', ...QUICK];
    const sleep = await runCli(['compare', 'sleep', '1ms', ...words]);
    expect(sleep.stdout + sleep.stderr).toMatch(/^loop {2,}|loop was left out: /m);
    const pi = await runCli(['compare', 'pi', '5', ...words]);
    expect(pi.stderr).toContain(
      'loop was left out: our own event loop does http and sleep, not pi',
    );
  });

  it('and sync says nothing of connections where there are none', async () => {
    const { stdout } = await runCli(['sync', 'pi', '10', '-n', '2', '-w', '1']);
    expect(stdout).toContain('2 synchronous calls took');
    expect(stdout).not.toContain('connect');
  });

  it('--threads says how many there are', async () => {
    const words = ['compare', 'sleep', '1ms', '-n', '9', '-r', '1', '--modes', 'threads'];
    const { stdout } = await runCli([...words, '--threads', '3', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ modes: [{ concurrency: 3, maxInFlight: 3 }] });
  });
});

it('the example of a task of your own runs in every mode but our event loop', async () => {
  const { stdout, code } = await runCli([
    'compare',
    join(EXAMPLES, 'task-hash.ts'),
    ...QUICK,
    '--json',
  ]);
  expect(JSON.parse(stdout)).toMatchObject({
    modes: ['sync', 'sequential', 'async', 'threads'].map((mode) => ({ mode, calls: { ok: 4 } })),
  });
  expect(code).toBe(0);
});

describe('compare holds two against each other', () => {
  it('two endpoints', async () => {
    const urls = [`${server.url}/say-hi`, `${server.url}/health`];
    const { stdout, code } = await runCli(['compare', ...urls, ...QUICK, '--json']);
    const host = new URL(server.url).host;
    const document: unknown = JSON.parse(stdout);
    await expectSchema('compare.schema.json', document);
    expect(document).toMatchObject({
      modes: [
        { name: `${host}/say-hi`, mode: 'async' },
        { name: `${host}/health`, mode: 'async' },
      ],
      verdict: { baseline: `${host}/say-hi` },
    });
    expect(code).toBe(0);
  });

  it("a learner's own two programs, as they are", async () => {
    const programs = ['client-synchronous.ts', 'client-asynchronous.ts'];
    const files = programs.map((name) => join(EXAMPLES, name));
    const { stdout, code } = await runCli(
      ['compare', ...files, '-n', '3', '-r', '1', '-w', '0', '--json'],
      {
        env: { URL: `${server.url}/say-hi` },
      },
    );
    const document: unknown = JSON.parse(stdout);
    await expectSchema('compare.schema.json', document);
    expect(document).toMatchObject({
      number: 3,
      modes: programs.map((name) => ({ name, mode: 'program', calls: { ok: 1, failed: 0 } })),
    });
    expect(code).toBe(0);
  });

  it('programs that do something only when they are the main one', async () => {
    const source = 'if (require.main !== module) process.exit(9);';
    const files = ['main.cjs', 'main.ts'].map((name) => join(folder, name));
    for (const path of files) await writeFile(path, source);
    const { stderr, code } = await runCli(['compare', ...files, ...QUICK]);
    expect(stderr).not.toContain('failed');
    expect(code).toBe(0);
  });

  it.each([
    ["throw new TypeError('broken');", 'TypeError: broken'],
    ["void Promise.reject(new RangeError('unheard'));", 'RangeError: unheard'],
    ['const x: = 1;', 'ParseError: Unexpected token'],
    ["throw 'a string';", 'a string'],
  ])('says with which error a program ended: %s', async (source, sentence) => {
    const path = join(folder, 'fails.ts');
    await writeFile(path, source);
    const { stderr, code } = await runCli(['compare', file('none'), path, ...QUICK]);
    expect(stderr).toContain(`fails.ts calls failed, FAILED: ${path} ended with 1: ${sentence}`);
    expect(code).toBe(3);
  });

  it('does not wait for what a program leaves behind', async () => {
    const path = join(folder, 'leaves.cjs');
    const options = '{ detached: true, stdio: "inherit" }';
    await writeFile(
      path,
      `const { spawn } = require('node:child_process');
       const left = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], ${options});
       left.unref();
       require('node:fs').writeFileSync(${JSON.stringify(`${path}.pid`)}, String(left.pid));`,
    );
    const { code } = await runCli(['compare', file('none'), path, ...QUICK]);
    // Ends only what is still there: whoever waited for it finds it gone.
    expect(() =>
      process.kill(Number(readFileSync(`${path}.pid`, 'utf8')), 'SIGKILL'),
    ).not.toThrow();
    expect(code).toBe(0);
  });
});

describe('a module whose text does not show what it exports', () => {
  const elsewhere = async (name: string, source: string): Promise<string> => {
    await writeFile(join(folder, `${name}-x.mjs`), source);
    const path = join(folder, `${name}.mjs`);
    await writeFile(path, `export * from './${name}-x.mjs';`);
    return path;
  };

  it('is compared in the modes that it has a function for, threads included', async () => {
    const path = await elsewhere('star', 'export const task = async (index) => index;');
    const { stdout, stderr, code } = await runCli(['compare', path, ...QUICK, '--json']);
    expect(stderr).toContain(`sync was left out: ${path} exports no taskSync.`);
    expect(JSON.parse(stdout)).toMatchObject({
      leftOut: [{ mode: 'sync', reason: `${path} exports no taskSync` }],
      modes: [{ mode: 'sequential' }, { mode: 'async' }, { mode: 'threads' }],
    });
    expect(code).toBe(0);
  });

  it('is refused where no mode is left', async () => {
    const path = await elsewhere('empty', 'export const other = 1;');
    const { stderr, code } = await runCli(['compare', path, ...QUICK, '--modes', 'sync,async']);
    expect(stderr).toMatch(/expected a function named task(Sync)?, but the module does not export/);
    expect(code).toBe(2);
  });
});

it('a program alone is told what to do with it', async () => {
  const { stderr, code } = await runCli(['compare', file('none'), ...QUICK]);
  expect(stderr).toContain('name two of them (lwasync compare a.ts b.ts), or lwasync bound -- ');
  expect(code).toBe(2);
});

describe('a task that is wrong is told in a sentence', () => {
  it.each<[keyof typeof MODULES, string, number, string]>([
    ['none', 'async', 2, 'exports neither task nor taskSync; write: export async function task'],
    ['throws', 'async', 2, 'could not be imported: no database here'],
    ['syntax', 'async', 2, 'could not be imported: '],
    ['exitsAtImport', 'async', 2, 'its thread ended; does it call process.exit?'],
    ['exitsAtImport', 'threads', 2, 'could not be imported: '],
    ['missing', 'async', 2, "could not be imported: Cannot find module './no-such-file.ts'\n"],
    ['number', 'async', 2, 'expected a function named task, but the module exports a number'],
    ['never', 'async', 3, 'did not settle within 300 ms; --timeout allows more'],
    ['never', 'threads', 3, 'did not settle within 300 ms; --timeout allows more'],
    ['rejects', 'async', 3, 'task(0) failed: third'],
    ['nothing', 'async', 2, 'task(0) returned nothing, expected a promise'],
    ['promises', 'sync', 2, 'taskSync(0) returned a promise, expected a result'],
    ['endless', 'sync', 3, 'call 0 kept its thread for more than 300 ms'],
    ['endless', 'threads', 3, 'call 0 kept its thread for more than 300 ms'],
    [
      'exits',
      'async',
      3,
      'its thread ended in the midst of a round; does the task call process.exit?',
    ],
    ['aside', 'async', 3, 'unheard, which nothing handled'],
  ])('%s in the mode %s', async (name, mode, code, sentence) => {
    const words = ['compare', file(name), ...QUICK, '--timeout', '300ms', '--modes', mode];
    const finished = await runCli(words);
    expect(finished.stderr).toContain(sentence);
    expect(finished.stderr).toContain(file(name));
    expect(finished.stdout + finished.stderr).not.toMatch(/\n\s+at /);
    expect(finished.code).toBe(code);
  });

  it.each([
    [['command'], 'write -- before the command'],
    [['sleep'], "expected something after 'sleep', like: sleep 200ms"],
    [['sleep', 'long'], 'expected a duration'],
    [['file'], "expected something after 'file'"],
    [['file', '/no/such/file'], "expected a file to read after 'file'"],
    [['pi', '0'], 'expected'],
    [['something'], 'expected a URL, a path like /say-hi, the file of a task'],
    [['sleep', '1ms', 'sleep', '2ms', 'pi', '3'], 'expected one task or two, got 3'],
    [['./missing.ts'], 'expected the file of a task (.ts or .js)'],
    [
      ['pi', '3', '--body', 'x'],
      '--body is for calls (http://…, https://…), and this task makes none',
    ],
    [['sleep', '1ms', '--no-parse'], '--no-parse is for calls'],
    [['sleep', '1ms', 'pi', '3', '--modes', 'sync,async'], 'two tasks are compared in one mode'],
  ])('%j', async (task, sentence) => {
    const { stderr, stdout, code } = await runCli(['compare', ...task]);
    expect(stderr).toContain(sentence);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('Ctrl-C ends what blocks, and what was measured is told', () => {
  // Each says in a file that it has begun, and then never ends.
  const endless = (mark: string): string =>
    `require('node:fs').writeFileSync(${JSON.stringify(mark)}, ''); for (;;) {}`;

  it.each(['sync', 'threads'])('a command in the mode %s', async (mode) => {
    const mark = join(folder, `command-${mode}`);
    const words = ['compare', '--modes', mode, '-n', '2', '-w', '0', '--json', '--'];
    const cli = startCli([...words, process.execPath, '-e', endless(mark)]);
    await untilThere(mark);
    cli.kill('SIGINT');
    const { stdout, code } = await cli.finished;
    expect(JSON.parse(stdout)).toMatchObject({
      interrupted: true,
      modes: [{ calls: { ok: 0, failed: 0 } }],
    });
    expect(code).toBe(130);
  });

  it('a function of a module', async () => {
    const mark = join(folder, 'function');
    const path = join(folder, 'holds.cjs');
    await writeFile(path, `exports.taskSync = () => { ${endless(mark)} };`);
    const cli = startCli(['compare', path, '--modes', 'sync', '-w', '0', '--json']);
    await untilThere(mark);
    cli.kill('SIGINT');
    const { stdout, code } = await cli.finished;
    expect(JSON.parse(stdout)).toMatchObject({ interrupted: true });
    expect(code).toBe(130);
  });

  it('a program, which has not failed then', async () => {
    const mark = join(folder, 'program');
    const path = join(folder, 'endless.cjs');
    await writeFile(path, endless(mark));
    const cli = startCli(['compare', file('none'), path, '-w', '0', '--json']);
    await untilThere(mark);
    cli.kill('SIGINT');
    const { stdout, stderr, code } = await cli.finished;
    expect(JSON.parse(stdout)).toMatchObject({ interrupted: true });
    expect(stderr).not.toContain('failed');
    expect(code).toBe(130);
  });
});

/** Looks again and again; each time the event loop goes round in between. */
async function untilThere(path: string): Promise<void> {
  while (!existsSync(path)) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
