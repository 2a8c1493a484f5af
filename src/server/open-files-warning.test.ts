import { expect, test } from 'vitest';
import { openFilesWarning } from './open-files-warning.js';

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
