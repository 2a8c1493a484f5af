import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openFilesLimit } from './open-files-limit.js';

test.skipIf(process.platform === 'win32')(
  'the limit is the highest that this process may have',
  () => {
    const highest = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
    expect(openFilesLimit()).toBe(highest === 'unlimited' ? Infinity : Number(highest));
  },
);
