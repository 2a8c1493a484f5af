import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventLoop } from '../src/loop/event-loop.js';
import { expectSchema } from './support/expect-schema.js';
import { runCli, startCli } from './support/run-cli.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lwasync-loop-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Writes a program far from any installed package. */
async function program(source: string, name = 'program.ts'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, source);
  return path;
}

const NAPS = `import { sleep, gather, type Coroutine } from 'lwasync/loop';
function* nap(durationMs: number): Coroutine<void> {
  yield* sleep(durationMs);
  console.log('slept', durationMs, ...process.argv.slice(2));
}
export function* main(): Coroutine<void> {
  yield* gather([() => nap(20), () => nap(10)]);
}
`;

const BLOCKS = `
import { currentLoop, sleep } from 'lwasync/loop';
export function* main() {
  yield* sleep(1);
  currentLoop().callSoon(function grind() {
    const endMs = performance.now() + 30;
    while (performance.now() < endMs);
  });
  yield* sleep(1);
}
`;

describe.runIf(EventLoop.unavailable() === undefined)('lwasync loop', () => {
  it('runs the generator function main, with its words; its output stays alone on standard output', async () => {
    const file = await program(NAPS);
    const { code, stdout, stderr } = await runCli(['loop', file, '--', '-n', 'x']);
    expect(stdout).toBe('slept 10 -n x\nslept 20 -n x\n');
    expect(stderr).toMatch(/^The loop made \d+ passes in /);
    expect(stderr).toMatch(/4 tasks started/);
    expect(code).toBe(0);
  });

  it('runs an async function, exported as default, and JavaScript', async () => {
    const file = await program(
      `import { sleep } from 'lwasync/loop';
export default async () => { await sleep(5); console.log('slept'); };`,
      'default.mjs',
    );
    const { code, stdout, stderr } = await runCli(['loop', file]);
    expect(stdout).toBe('slept\n');
    expect(stderr).toContain("with Node's own loop");
    expect(code).toBe(0);
  });

  it.each([
    ['waits for it', 'console.log(await loop.host(async () => { await sleep(5); return 7; }));'],
    ['does not', 'void loop.host(async () => { await sleep(5); console.log(7); });'],
    ['blocks', 'console.log(loop.run(function* () { yield* sleep(5); return 7; }));'],
  ])('watches the loop that a script makes by itself, which %s', async (_, line) => {
    const file = await program(
      `import { EventLoop, sleep } from 'lwasync/loop';\nconst loop = new EventLoop();\n${line}`,
    );
    const { code, stdout, stderr } = await runCli(['loop', file]);
    expect(stdout).toBe('7\n');
    expect(stderr).toContain('timers   1 fired');
    expect(code).toBe(0);
  });

  it('prints one JSON document, and what the program prints on standard error', async () => {
    const file = await program(NAPS);
    const { code, stdout, stderr } = await runCli(['loop', file, '--json']);
    const document: unknown = JSON.parse(stdout);
    await expectSchema('loop.schema.json', document);
    expect(document).toMatchObject({
      program: { file, ending: 'done', error: null },
      tasks: 4,
      timers: { fired: 2 },
      warnings: [],
    });
    expect(stderr).toBe('slept 10\nslept 20\n');
    expect(code).toBe(0);
  });

  it('warns of slow callbacks, with the line that asked for it', async () => {
    const file = await program(BLOCKS);
    const { code, stdout, stderr } = await runCli(['loop', file, '--slow', '25ms', '--json']);
    const sentence = `the callback grind (asked for at ${file}:5) kept the thread for `;
    expect(stderr).toContain(`lwasync: ${sentence}`);
    const document = JSON.parse(stdout) as { warnings: string[]; longest: { place: string } };
    await expectSchema('loop.schema.json', document);
    expect(document.warnings).toHaveLength(1);
    expect(document.warnings[0]).toContain(sentence);
    expect(document.longest.place).toBe(`${file}:5`);
    expect(code).toBe(0);
  });

  it('writes a trace for Perfetto', async () => {
    const output = join(folder, 'run.trace.json');
    const { code, stderr } = await runCli(['loop', await program(NAPS), '-o', output]);
    expect(stderr).toContain(`wrote ${output}`);
    const trace = JSON.parse(await readFile(output, 'utf8')) as { traceEvents: { ph: string }[] };
    expect(new Set(trace.traceEvents.map((event) => event.ph))).toEqual(
      new Set(['M', 'X', 'C', 's', 'f']),
    );
    expect(code).toBe(0);
  });
});

describe.runIf(EventLoop.unavailable() === undefined)('a program that does not end well', () => {
  it('is told of with its own lines of the stack, and exit code 1', async () => {
    const file = await program(`import { sleep } from 'lwasync/loop';
function* inner() {
  yield* sleep(1);
  throw new TypeError('no good');
}
export function* main() { yield* inner(); }`);
    const { code, stdout, stderr } = await runCli(['loop', file]);
    const [first, second, third, fourth] = stderr.split('\n');
    expect(first).toBe('lwasync: the program failed: TypeError: no good');
    expect(second).toMatch(/^ {4}at inner \(.*program\.ts:4:9\)$/);
    expect(third).toMatch(/^ {4}at main \(.*program\.ts:6:/);
    expect(fourth).toMatch(/^The loop made/);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it.each([
    ['does not parse', 'const a: number = ;', 'ParseError'],
    ['waits for ever', 'export const main = () => new Promise(() => {});', 'generator function'],
    [
      'awaits for ever',
      'export const main = async () => await new Promise(() => {});',
      'can never',
    ],
    [
      'fails unheard',
      "void Promise.reject(new Error('lost')); export async function main() {}",
      'lost',
    ],
  ])('because it %s has exit code 1', async (_, source, part) => {
    const { code, stderr } = await runCli(['loop', await program(source)]);
    expect(stderr).toContain('lwasync: the program failed: ');
    expect(stderr).toContain(part);
    expect(code).toBe(1);
  });

  it('leaves a JSON document all the same', async () => {
    const file = await program("throw new Error('at once');");
    const { code, stdout } = await runCli(['loop', file, '--json']);
    const document: unknown = JSON.parse(stdout);
    await expectSchema('loop.schema.json', document);
    expect(document).toMatchObject({
      program: { ending: 'failed', error: 'Error: at once' },
      ticks: 0,
      longest: null,
    });
    expect(code).toBe(1);
  });

  it('is stopped by Ctrl-C in loop.host, with the summary so far and exit code 130', async () => {
    const running = startCli([
      'loop',
      await program(`import { sleep } from 'lwasync/loop';
export async function main() { await sleep(1); console.log('sleeps'); await sleep(60_000); }`),
    ]);
    await untilPrinted(running, 'sleeps');
    running.kill('SIGINT');
    const { code, stderr } = await running.finished;
    expect(stderr).toMatch(/^The loop made \d+ passes/);
    expect(stderr).toContain('1 fired');
    expect(code).toBe(130);
  });

  it('is ended by Ctrl-C in loop.run at once, as the system does', async () => {
    const running = startCli([
      'loop',
      await program(`import { sleep } from 'lwasync/loop';
export function* main() { console.log('sleeps'); yield* sleep(60_000); }`),
    ]);
    await untilPrinted(running, 'sleeps');
    running.kill('SIGINT');
    const { code, stderr } = await running.finished;
    expect(stderr).toBe('');
    expect(code).toBeNull();
  });
});

describe.runIf(EventLoop.unavailable() === undefined)('a wrong word to lwasync loop', () => {
  it.each([
    [['missing.ts'], "expected the file of a program (.ts or .js), got '"],
    [['empty.ts'], 'exports no main and runs no event loop; write: export function* main()'],
    [['empty.ts', '-o', 'x.json'], 'expected a file name that ends in .trace.json'],
    [['empty.ts', '--slow', '5'], '--slow: expected a duration with its unit'],
    [['empty.ts', '--step'], '--step needs a terminal'],
  ])('%j gets one sentence and exit code 2', async ([name = '', ...words], part) => {
    await program('export {};', 'empty.ts');
    const { code, stdout, stderr } = await runCli(['loop', join(folder, name), ...words]);
    expect(stderr).toContain(part);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

async function untilPrinted(running: { output(): string }, text: string): Promise<void> {
  while (!running.output().includes(text)) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
