// Kills downloads 200 times at random moments, with another seed each time.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const seed = process.env['LWASYNC_SEED'] ?? String(1 + Math.trunc(Math.random() * 2 ** 30));
console.log(`200 kills of downloads, LWASYNC_SEED=${seed}`);
const vitest = join('node_modules', 'vitest', 'vitest.mjs');
execFileSync(process.execPath, [vitest, 'run', 'test/download-kills.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, LWASYNC_KILLS: '200', LWASYNC_SEED: seed },
});
