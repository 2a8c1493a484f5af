import { sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TaskGroupError } from '../loop/errors.js';
import { lineOfMain } from './loop-program.js';
import { describeFailure, sentenceOf } from './program-failure.js';

describe('the line of main', () => {
  it.each([
    ['// first\nexport function* main() {}', 2],
    ['\n\nexport async function main(): Promise<void> {}', 3],
    ['export const main = async () => {};', 1],
    ['function* main() {}\nexport { main };', 1],
    ['\nexport default function* () {}', 2],
    ['const domain = 1;\nfunction* mainly() {}\nfunction *main() {}', 3],
    ['export { main } from "./other.js";', 1],
  ])('of %j is %i', (source, line) => {
    expect(lineOfMain(source)).toBe(line);
  });
});

describe('what a program threw', () => {
  const broken = new TypeError('no\n  good');
  broken.stack = [
    'TypeError: no good',
    `    at inner (${process.cwd()}${sep}program.ts:4:9)`,
    `    at #runBatch (${process.cwd()}/dist/loop/event-loop.js:118:20)`,
    '    at Object.import (/somewhere/node_modules/jiti/dist/jiti.cjs:1:187718)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    '    at file:///elsewhere/main.ts:7:1',
  ].join('\n');

  it('is told on one line, with those lines of the stack that are its own', () => {
    expect(describeFailure(broken)).toBe(
      'TypeError: no good\n    at inner (program.ts:4:9)\n    at file:///elsewhere/main.ts:7:1',
    );
  });

  it('may be no error at all', () => {
    expect(describeFailure('a word')).toBe('a word');
    expect(sentenceOf(undefined)).toBe('undefined');
  });

  it('has every error of a group', () => {
    const plain = new RangeError('too far');
    plain.stack = '';
    const text = describeFailure(new TaskGroupError([broken, plain]));
    expect(text).toContain('TaskGroupError: 2 tasks failed');
    expect(text).toContain('\n  TypeError: no good\n    at inner (program.ts:4:9)');
    expect(text).toContain('\n  RangeError: too far');
  });
});
