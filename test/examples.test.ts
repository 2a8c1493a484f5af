import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EventLoop } from '../src/loop/event-loop.js';
import { runCli } from './support/run-cli.js';

const FOLDER = join(import.meta.dirname, '..', 'examples');
const MOST_LINES = 40;

/** Lines that each example prints, in this order; others may stand between them. */
const PRINTED: Readonly<Record<string, readonly string[]>> = {
  'loop-producer-consumer.ts': [
    'baked rye, 0 on the shelf',
    '  sold rye',
    'baked oat, 2 on the shelf',
    '  sold wheat',
    'baked spelt, 2 on the shelf',
    '  sold spelt',
    '  sold out',
  ],
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
};

const examples = readdirSync(FOLDER).filter((file) => file.startsWith('loop-'));

describe.runIf(EventLoop.unavailable() === undefined)('the examples of the event loop', () => {
  it('are all in the table', () => {
    expect(examples.toSorted()).toEqual(Object.keys(PRINTED).toSorted());
  });

  it.each(examples)('%s prints what it is meant to', async (file) => {
    const { code, stdout, stderr } = await runCli(['loop', join(FOLDER, file)]);
    expect(stderr).toContain('The loop made');
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    let from = 0;
    for (const expected of PRINTED[file] ?? []) {
      const at = lines.indexOf(expected, from);
      expect(at, `'${expected}' in\n${lines.slice(from).join('\n')}`).not.toBe(-1);
      from = at + 1;
    }
  });

  it.each(examples)(`%s has at most ${MOST_LINES} lines`, (file) => {
    const lines = readFileSync(join(FOLDER, file), 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(MOST_LINES);
  });
});
