import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openFilesLimit, openFilesWarning } from './open-files-limit.js';

test('a limit too low for 10,000 connections is told with the command that raises it', () => {
  expect(openFilesWarning(4096)).toBe(
    'this process may have 4,096 files and connections open at once, ' +
      'too few for 10,000 connections; raise the limit with: ulimit -n 20000',
  );
});

test('a limit that is high enough is not worth a word', () => {
  expect(openFilesWarning(10_240)).toBeUndefined();
  expect(openFilesWarning(Infinity)).toBeUndefined();
});

test.skipIf(process.platform === 'win32')(
  'the limit is the highest that this process may have',
  () => {
    const highest = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
    expect(openFilesLimit()).toBe(highest === 'unlimited' ? Infinity : Number(highest));
  },
);
