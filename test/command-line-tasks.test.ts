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

  it('sleep on our own event loop or a reason, and nothing else there', async () => {
    const words = ['--modes', 'sync,loop', ...QUICK];
    const sleep = await runCli(['compare', 'sleep', '1ms', ...words]);
    expect(sleep.stdout + sleep.stderr).toMatch(/^loop {2,}|loop was left out: /m);
    const pi = await runCli(['compare', 'pi', '5', ...words]);
    expect(pi.stderr).toContain(
      'loop was left out: our own event loop does http and sleep, not pi',
    );
  });

  it('--threads says how many there are', async () => {
    const words = ['compare', 'sleep', '1ms', '-n', '9', '-r', '1', '--modes', 'threads'];
    const { stdout } = await runCli([...words, '--threads', '3', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ modes: [{ concurrency: 3, maxInFlight: 3 }] });
  });
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

  it('says with which error a program ended', async () => {
    const words = ['compare', file('none'), file('throws').replace('throws', 'fails'), ...QUICK];
    await writeFile(join(folder, 'fails.ts'), "throw new TypeError('broken');");
    const { stderr, code } = await runCli(words);
    expect(stderr).toContain(
      `fails.ts calls failed, FAILED: ${join(folder, 'fails.ts')} ended with 1: TypeError: broken`,
    );
    expect(code).toBe(3);
  });
});

describe('a task that is wrong is told in a sentence', () => {
  it.each<[keyof typeof MODULES, string, number, string]>([
    ['none', 'async', 2, 'exports neither task nor taskSync; write: export async function task'],
    ['throws', 'async', 2, 'could not be imported: no database here'],
    ['syntax', 'async', 2, 'could not be imported: '],
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

it('Ctrl-C ends a task that blocks its thread, and what was measured is told', async () => {
  const cli = startCli(['compare', 'sleep', '1h', '--modes', 'sync', '-w', '0', '--json']);
  const begun = setInterval(() => cli.kill('SIGINT'), 300);
  const { stdout, code } = await cli.finished;
  clearInterval(begun);
  // Before the first round there is nothing to tell.
  if (stdout !== '') expect(JSON.parse(stdout)).toMatchObject({ interrupted: true });
  expect(code).toBe(130);
});
