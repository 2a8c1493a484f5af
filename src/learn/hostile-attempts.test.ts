import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAttempt } from './check-attempt.js';

const CHECK = join(import.meta.dirname, '..', '..', 'exercises', '03-all-at-once', 'check.ts');
const LIMIT_MS = 1500;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The body of `makeManyCalls`, or a whole module. */
const HOSTILE: readonly (readonly [what: string, text: string, diagnosis: string])[] = [
  ['has a syntax error', 'export function makeManyCalls( {', 'does-not-load'],
  ['exports nothing', 'const nothing = 1;', 'does-not-load'],
  ['throws while it is loaded', "throw new Error('at once');", 'does-not-load'],
  ['throws when it is called', body("throw new Error('later');"), 'throws'],
  ['does to a number what only a text can', body('return number.toUpperCase();'), 'throws'],
  ['loops without end', body('for (;;);'), 'holds-the-thread'],
  ['never lets its microtasks end', body('for (;;) await undefined;'), 'holds-the-thread'],
  ['waits for ever while it is loaded', 'await new Promise(() => {});', 'waits-for-ever'],
  ['loops while it is loaded', 'for (;;);', 'holds-the-thread'],
  [
    'holds its thread when it has returned',
    body('setTimeout(() => { for (;;); }); return [];'),
    'no-calls',
  ],
  [
    'goes on calling when it has returned',
    body('setInterval(() => void fetch(url).catch(() => {}), 20); return [];'),
    'not-awaited',
  ],
  ['stops its process', body("process.kill(process.pid, 'SIGSTOP');"), 'holds-the-thread'],
  [
    'writes where its process tells what it does',
    body(
      "const { writeSync } = await import('node:fs'); writeSync(3, Buffer.from([2, 0, 0, 0, 0, 0])); await new Promise(() => {});",
    ),
    'ends',
  ],
  [
    'returns what only its own process can read',
    body(
      'return [new SharedArrayBuffer(8), new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))];',
    ),
    'no-calls',
  ],
  ['waits for what nobody settles', body('await new Promise(() => {});'), 'waits-for-ever'],
  ['ends its process as if all were well', body('process.exit(0);'), 'ends'],
  ['ends it before it is called', 'process.exit(0);', 'ends'],
  [
    'prints that it has passed',
    body("console.log('passed'); return Array(number).fill({ passed: true });"),
    'no-calls',
  ],
  [
    'sends messages as if it were the one that watches it',
    `import { parentPort, workerData } from 'node:worker_threads';
    ${body(`const port = workerData.port ?? parentPort;
      for (const forged of [null, 'x', { kind: 'pulse' }, { kind: 'watched' }, { kind: 'returned', call: 0, value: [] }])
        port.postMessage(forged);
      return [];`)}`,
    'no-calls',
  ],
  ['throws nothing', body('throw null;'), 'throws'],
  ['throws what cannot be shown', body('throw { toString() { throw new Error(); } };'), 'throws'],
  [
    'returns what cannot be looked at',
    body('return [{ get call() { throw new Error(); } }, () => 1, Symbol(), 10n];'),
    'no-calls',
  ],
  [
    'prints a gigabyte at once',
    body("const text = 'x'.repeat(1e6); for (let i = 0; i < 1000; i++) console.log(text);"),
    'no-calls',
  ],
  [
    'prints a gigabyte bit by bit',
    body(
      "const text = 'x'.repeat(1e4); for (let i = 0; i < 1e5; i++) { console.log(text); await new Promise(setImmediate); }",
    ),
    'prints-too-much',
  ],
  [
    'leaves a rejection alone',
    body("void Promise.reject(new Error('lost')); return [];"),
    'no-calls',
  ],
  [
    'throws where nobody can catch it',
    body("setTimeout(() => { throw new Error('aside'); }); await new Promise(() => {});"),
    'ends',
  ],
];

function body(text: string): string {
  return `export async function makeManyCalls(number: number, url: string): Promise<unknown> { ${text} }`;
}

describe('an attempt that', () => {
  it.each(HOSTILE)('%s is told so within its limit', async (what, text, diagnosis) => {
    const file = join(folder, `${what.replaceAll(/\W/g, '-')}.ts`);
    writeFileSync(file, text);
    const { verdict } = await checkAttempt(CHECK, file, { seed: 1, limitMs: LIMIT_MS });
    expect(verdict).toMatchObject({ passed: false, diagnosis });
  });

  it.each([
    ['loops', ['  for (;;) {', '    number += 1;', '  }'], /still held its thread at .*:[23]: /],
    ['waits', ['', '  await new Promise(() => {});'], /still waited at .*:3, for a promise/],
  ])('%s for ever is told the line', async (what, lines, told) => {
    const file = join(folder, `${what}-at-a-line.ts`);
    const head = 'export async function makeManyCalls(number: number) {';
    writeFileSync(file, [head, ...lines, '}'].join('\n'));
    const { verdict } = await checkAttempt(CHECK, file, { seed: 1, limitMs: LIMIT_MS });
    expect(verdict.passed || verdict.message).toMatch(told);
  });

  it.each(['new Array(1e6).fill(number)', 'Buffer.alloc(1e8, 1)'])(
    'takes all memory for %s is told so',
    async (piece) => {
      const file = join(folder, `takes-${piece.length}.ts`);
      writeFileSync(file, body(`const all: unknown[] = []; for (;;) all.push(${piece});`));
      // How fast a machine gives memory away is its own affair.
      const { verdict } = await checkAttempt(CHECK, file, { seed: 1, limitMs: 20_000 });
      expect(verdict).toMatchObject({ passed: false, diagnosis: 'takes-too-much-memory' });
    },
  );

  it('says too much of what it throws is cut short', async () => {
    const file = join(folder, 'much.ts');
    writeFileSync(file, body("throw new Error('x'.repeat(1e7));"));
    const { verdict } = await checkAttempt(CHECK, file, { seed: 1, limitMs: LIMIT_MS });
    expect(verdict.passed || verdict.message).toMatch(/^it threw: x{2000} … \(.*\.ts:1\)$/);
  });

  it('is not there is told so', async () => {
    const file = join(folder, 'nowhere.ts');
    const { verdict } = await checkAttempt(CHECK, file, { seed: 1, limitMs: LIMIT_MS });
    expect(verdict).toMatchObject({ passed: false, diagnosis: 'does-not-load' });
  });
});
