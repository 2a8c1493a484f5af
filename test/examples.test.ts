import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventLoop } from '../src/loop/event-loop.js';
import { startPracticeServer, type PracticeServer } from '../src/server/index.js';
import { runCli } from './support/run-cli.js';

const FOLDER = join(import.meta.dirname, '..', 'examples');
const MOST_LINES = 40;

/** Lines that each example prints, in this order; others may stand between them. */
const PRINTED: Readonly<Record<string, readonly string[]>> = {
  'loop-client.ts': ['3 calls took'],
  'loop-echo.ts': ['one two three'],
  'loop-producer-consumer.ts': [
    'baked rye, 0 on the shelf',
    '  sold rye',
    'baked oat, 2 on the shelf',
    '  sold wheat',
    'baked spelt, 2 on the shelf',
    '  sold spelt',
    '  sold out',
  ],
  'loop-say-hi.ts': ['10 answers in about'],
  'loop-two-sleeps.ts': [
    'one after the other:',
    'Ann falls asleep',
    'Ann wakes up',
    'Ben falls asleep',
    'Ben wakes up',
    'together:',
    'Ann falls asleep',
    'Ben falls asleep',
    'Ben wakes up',
    'Ann wakes up',
    'together they took less time',
  ],
  'naive-idle-connection.ts': [
    'watched for both:    thousands of selects',
    'watched for reading: one or two selects',
  ],
  'naive-lone-timer.ts': ['naive: 200 ms take about', 'this loop: 200 ms take about'],
  'naive-refused-connection.ts': [
    'naive: 1000 passes, and nobody was told',
    'this loop: ECONNREFUSED',
  ],
};

const examples = readdirSync(FOLDER).filter((file) => /^(loop|naive)-/.test(file));

let server: PracticeServer;
beforeAll(async () => {
  server = await startPracticeServer({ port: 0, latencyMs: 0 });
});
afterAll(() => server.close());

describe.runIf(EventLoop.unavailable() === undefined)('the examples of the event loop', () => {
  it('are all in the table', () => {
    expect(examples.toSorted()).toEqual(Object.keys(PRINTED).toSorted());
  });

  it.each(examples)('%s prints what it is meant to', async (file) => {
    const { code, stdout, stderr } = await runCli([
      'loop',
      join(FOLDER, file),
      ...(file === 'loop-client.ts'
        ? ['--', '--number', '3', '--url', `${server.url}/say-hi`]
        : []),
    ]);
    expect(stderr).toContain('The loop made');
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    let from = 0;
    for (const expected of PRINTED[file] ?? []) {
      const at = lines.findIndex((line, index) => index >= from && line.startsWith(expected));
      expect(at, `'${expected}' in\n${lines.slice(from).join('\n')}`).not.toBe(-1);
      from = at + 1;
    }
  });

  it.each(examples)(`%s has at most ${MOST_LINES} lines`, (file) => {
    const lines = readFileSync(join(FOLDER, file), 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(MOST_LINES);
  });
});

describe.runIf(process.platform === 'linux')('the example of downloads', () => {
  it('downloads what is there, says what is not, and begins nothing anew', async () => {
    const files = await startPracticeServer({ port: 0, latencyMs: 0, fileSize: 1000 });
    const folder = mkdtempSync(join(tmpdir(), 'lwasync-example-'));
    try {
      const URLS = [1, 2, 77].map((file) => `${files.url}/files/${file}`).join(' ');
      const run = (): ReturnType<typeof runCli> =>
        runCli(['bound', '--', join(FOLDER, 'download-files.ts')], { env: { URLS, DIR: folder } });
      const first = await run();
      for (const line of [
        '1: from byte 0 on',
        '1: done, checked by: server',
        '77: the server answered 404',
      ]) {
        expect(first.stdout + first.stderr).toContain(line);
      }
      const again = await run();
      expect(again.stdout + again.stderr).toContain('2: present, checked by: server');
      expect(readdirSync(folder).toSorted()).toEqual(['1', '2']);
    } finally {
      rmSync(folder, { recursive: true });
      await files.close();
    }
  });
});
