import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { expectSchema } from './support/expect-schema.js';
import { runCli, startCli, type Finished } from './support/run-cli.js';

// On a busy machine a tenth of a second of CPU time can take many seconds.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lwasync-bound-test-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Block {
  readonly file: string;
  readonly line: number;
  readonly seconds: number;
  readonly call: string | null;
}

interface BoundDocument {
  readonly verdict: string;
  readonly cpuShare: number;
  readonly blockedShare: number | null;
  readonly waitingShare: number | null;
  readonly ceiling: number | null;
  readonly mainThread: object | null;
  readonly blocks: readonly Block[];
  readonly warnings: readonly string[];
  readonly seconds: { readonly wall: number; readonly user: number; readonly system: number };
}

async function program(name: string, source: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, source);
  return path;
}

/** Looks at a command, and holds the document against its schema. */
async function bound(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished & { document: BoundDocument }> {
  const finished = await runCli(['bound', '--json', '--', ...command], { env });
  const document = JSON.parse(finished.stdout) as BoundDocument;
  await expectSchema('bound.schema.json', document);
  return { ...finished, document };
}

// Computes for so long, however long it has to wait for a core.
const BUSY =
  'const cpuUs = () => { const { user, system } = process.cpuUsage(); return user + system; }; const busy = (ms) => { const end = cpuUs() + ms * 1000; while (cpuUs() < end); };';

describe.runIf(process.platform === 'linux')('lwasync bound of any program', () => {
  it('says that one which sleeps is I/O bound, and that it cannot tell blocked from waiting', async () => {
    const { code, document } = await bound(['sleep', '0.5']);
    expect(document).toMatchObject({ verdict: 'io', blockedShare: null, waitingShare: null });
    expect(document.cpuShare).toBeLessThan(0.1);
    expect(document.warnings.join()).toContain('cannot be told apart from outside');
    expect(code).toBe(0);
  });

  it('says that one which computes is CPU bound, in its child processes, too', async () => {
    const loop = 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done';
    const { document } = await bound(['sh', '-c', `(${loop}); true`]);
    expect(document.verdict).toBe('cpu');
    expect(document.blocks).toEqual([]);
  });

  it('counts in hundredths of a second without koffi', async () => {
    const hook = join(import.meta.dirname, 'support', 'without-koffi.cjs');
    const options = `--require "${hook}"`;
    const { document } = await bound(['sleep', '0.2'], { NODE_OPTIONS: options });
    expect(document).toMatchObject({ verdict: 'io', ceiling: null });
    expect((document.seconds.user * 1000) % 10).toBe(0);
  });

  it('leaves its output alone on standard output, with the report for people after it', async () => {
    const { code, stdout } = await runCli([
      'bound',
      '--',
      'sh',
      '-c',
      'echo "$1"; sleep 0.3',
      '-',
      'a  b',
    ]);
    const [first, verdict, command] = stdout.split('\n');
    expect(first).toBe('a  b');
    expect(verdict).toMatch(/^I\/O bound: \d+ % of the time it waited or was blocked\.$/);
    expect(command).toContain(`sh -c 'echo "$1"; sleep 0.3' - 'a  b': `);
    expect(stdout).toMatch(/I\/O twice as fast: \d+ ms instead of \d+ ms\./);
    expect(code).toBe(0);
  });
});

describe.runIf(process.platform === 'linux')('lwasync bound of a Node program', () => {
  it('half of whose time is computed is mixed, with the right share', async () => {
    const file = await program(
      'half.mjs',
      `${BUSY}\nbusy(300);\nawait new Promise((r) => setTimeout(r, 500));`,
    );
    const { document } = await bound([file]);
    const cpuMs = (document.seconds.user + document.seconds.system) * 1000;
    expect(document.verdict).toBe('mixed');
    // What Node itself takes comes on top, as it does for the clock.
    expect(Math.abs(document.cpuShare - cpuMs / (cpuMs + 500))).toBeLessThan(0.1);
    expect(Math.abs((document.waitingShare ?? 0) - (1 - document.cpuShare))).toBeLessThan(0.1);
    expect(document.blocks[0]).toMatchObject({ file, line: 1 });
  });

  const BLOCKS = `import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
TYPES
const fifo = new URL('./fifo-LANGUAGE', import.meta.url).pathname;
execFileSync('mkfifo', [fifo]);
spawn('sh', ['-c', 'sleep 0.4; echo x > "$0"', fifo]);
readFileSync(fifo);
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
JSON.parse('[' + '{"a":[1,2,3],"b":"text"},'.repeat(800_000) + '1]');
/^(a+)+$/.test('a'.repeat(23) + 'b');
`;

  it.each([
    ['.mjs', ''],
    ['.ts', 'interface Shape { readonly a: number }'],
    ['.cjs', ''],
  ])('in a %s file names the lines that block it', async (kind, types) => {
    const source = BLOCKS.replace('TYPES', types).replace('LANGUAGE', kind);
    const common = source
      .replaceAll(/import (.*) from ('.*');/g, 'const $1 = require($2);')
      .replace(/new URL\((.*), import.meta.url\).pathname/, 'require("path").join(__dirname, $1)');
    const file = await program(`blocks${kind}`, kind === '.cjs' ? common : source);
    const { document, stderr } = await bound([file]);
    expect(stderr).toBe('');
    const held = new Map(document.blocks.map((block) => [block.line, block]));
    expect(held.get(7)).toMatchObject({ file, call: 'readFileSync' });
    expect(held.get(7)?.seconds).toBeGreaterThan(0.2);
    expect(held.get(8)?.seconds).toBeGreaterThan(0.2);
    expect([...held.keys()]).toContain(9);
    expect([...held.keys()]).toContain(10);
    expect(document.blockedShare).toBeGreaterThan(0.1);
  });

  it('in TypeScript can import lwasync, which is not installed beside it, and gets its own words', async () => {
    const file = await program(
      'imports.ts',
      `import { makeManyCalls } from 'lwasync/client-asynchronous';
const words: readonly string[] = process.argv.slice(1);
console.log(typeof makeManyCalls, words.join(' '));`,
    );
    const { code, stderr } = await bound([file, '--number', '3']);
    expect(stderr).toBe(`function ${file} --number 3\n`);
    expect(code).toBe(0);
  });

  it('in which a line calls Node often counts all the calls for it', async () => {
    const file = await program(
      'often.cjs',
      `const fs = require('fs');\nfor (let i = 0; i < 50_000; i += 1) {\n  fs.statSync(__filename);\n}`,
    );
    const { document } = await bound([file]);
    expect(document.blocks[0]).toMatchObject({ line: 3, call: 'statSync' });
  });

  it('that ends itself keeps its exit code and its output, and is told of', async () => {
    const file = await program(
      'exits.cjs',
      `${BUSY}\nbusy(300);\nconsole.log(process.argv[2]);\nprocess.exit(7);`,
    );
    const { code, document, stderr } = await bound([process.execPath, file, 'word']);
    expect(stderr).toBe('word\nlwasync: the command ended with exit code 7\n');
    expect(document).toMatchObject({ verdict: 'cpu', ending: { code: 7, signal: null } });
    expect(document.blocks[0]).toMatchObject({ file, line: 1 });
    expect(code).toBe(3);
  });

  it('that is killed is told of up to then', async () => {
    const file = await program(
      'killed.cjs',
      `setInterval(() => {
  const end = performance.now() + 50;
  while (performance.now() < end);
}, 60);
setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1500);`,
    );
    const { code, document, stderr } = await bound([file]);
    expect(stderr).toBe('lwasync: the command was ended by SIGKILL\n');
    expect(document).toMatchObject({ ending: { code: null, signal: 'SIGKILL' } });
    expect(document.blocks[0]).toMatchObject({ file, line: 3 });
    expect(document.warnings.join()).toContain('The program was killed');
    expect(code).toBe(3);
  });

  it('that is killed within its first block cannot be told of, and that is said', async () => {
    const file = await program(
      'early.cjs',
      `${BUSY}\nbusy(300); process.kill(process.pid, 'SIGKILL');`,
    );
    const { document } = await bound([file]);
    expect(document).toMatchObject({ verdict: 'cpu', mainThread: null });
    expect(document.warnings.join()).toContain('killed before it could tell more');
  });

  it('keeps the options of Node that are in the environment', async () => {
    const file = await program(
      'options.cjs',
      `console.log(process.execArgv.length, process.title);`,
    );
    const { stderr } = await bound([file], { NODE_OPTIONS: '--title=kept' });
    expect(stderr).toContain('0 kept\n');
  });

  it('runs next ticks before promises, as without being looked at', async () => {
    const file = await program(
      'order.cjs',
      `process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('promise'));`,
    );
    const { stderr } = await bound([file]);
    expect(stderr).toBe('tick\npromise\n');
  });

  it('that another one starts is the one that is meant where that is npm', async () => {
    const starter = await program(
      'npm-cli.js',
      `require('child_process').execFileSync(process.execPath, [__dirname + '/meant.cjs'])`,
    );
    const meant = await program('meant.cjs', `${BUSY}\nbusy(300);`);
    const { document } = await bound([process.execPath, starter]);
    expect(document.blocks[0]).toMatchObject({ file: meant, line: 1 });
    expect(document.warnings.join()).toContain(`The main thread is that of ${meant}`);
  });

  it('is ended by Ctrl-C, with what was seen so far and exit code 130', async () => {
    const file = await program('waits.mjs', `console.log('waits');\nsetInterval(() => {}, 1000);`);
    const running = startCli(['bound', '--', file]);
    while (!running.output().includes('waits')) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    // A terminal sends SIGINT to both; this one has to be passed on, whatever terminal the tests run in.
    running.kill('SIGTERM');
    const { code, stdout, stderr } = await running.finished;
    expect(stdout).toContain('CPU');
    expect(stderr).toBe('');
    expect(code).toBe(130);
  });
});

describe('lwasync bound of a task', () => {
  it.each([
    [['sleep', '50ms'], 'io'],
    [['pi', '1000'], 'cpu'],
  ])('says of %j, done one after another, that it is bound by %s', async (words, verdict) => {
    const { code, stdout, stderr } = await runCli(['bound', ...words, '-n', '5', '--json']);
    const document = JSON.parse(stdout) as BoundDocument;
    await expectSchema('bound.schema.json', document);
    expect(document).toMatchObject({ number: 5, failed: 0, verdict });
    // A busy machine gets a sentence.
    expect(document.warnings.join()).toMatch(/^$|had no core: the machine is busy/);
    expect(stderr).not.toContain('lwasync:');
    expect(code).toBe(0);
  });

  it('is written with -o as a document, a page and Markdown, by the ending of each name', async () => {
    const names = ['bound.html', 'bound.json', 'bound.md'];
    const outputs = names.flatMap((name) => ['-o', join(folder, name)]);
    const { code, stderr } = await runCli(['bound', 'sleep', '5ms', '-n', '2', ...outputs]);
    for (const name of names) expect(stderr).toContain(`wrote ${join(folder, name)}`);
    expect(code).toBe(0);
    const [html, json, markdown] = await Promise.all(
      names.map((name) => readFile(join(folder, name), 'utf8')),
    );
    await expectSchema('bound.schema.json', JSON.parse(json ?? ''));
    expect(html).toContain('<h1>2x sleep 5ms</h1>');
    expect(markdown).toMatch(/^# 2x sleep 5ms\n/);
  });

  it('of whose calls all failed gives no verdict, and has exit code 3', async () => {
    const words = ['bound', 'http://127.0.0.1:1/', '-n', '2', '--json'];
    const { code, stdout, stderr } = await runCli(words);
    const document: unknown = JSON.parse(stdout);
    await expectSchema('bound.schema.json', document);
    expect(document).toMatchObject({ number: 2, failed: 2, verdict: null });
    expect(stderr).toMatch(/^lwasync: 2 of 2 async calls failed[^\n]+\n$/);
    expect(code).toBe(3);
  });
});

describe.runIf(process.platform === 'linux')('a wrong word to lwasync bound', () => {
  it.each([
    [['--', 'no-such-program-at-all'], 'could not be started: there is no such program'],
    [['--', 'missing.js'], "expected a program or the file of one after --, found no 'missing.js'"],
    [['--', '/'], 'could not be started: it may not be run'],
    [
      ['node', 'x.js'],
      "'node' is no task; before a command write --, like: lwasync bound -- node x.js",
    ],
    [['pi', '20', 'sleep', '1ms'], 'expected one task, got 2'],
    [['-o', 'x.svg', '--', 'true'], 'ends in .json, .html, .md'],
  ])('%j gets one sentence and exit code 2', async (words, part) => {
    const { code, stdout, stderr } = await runCli(['bound', ...words]);
    expect(stderr).toContain(part);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
