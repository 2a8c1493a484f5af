// Runs the tests on the current LTS line of Node too, which is installed from the package registry where it is packaged
// for this platform.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LINES = ['24'];
const seed = String(Math.trunc(Math.random() * 2 ** 31));

for (const line of LINES) {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join('.cache', `node-${line}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  execFileSync(
    'npm',
    ['install', '--prefix', folder, '--silent', '--no-audit', `${name}@${line}`],
    {
      stdio: 'inherit',
    },
  );
  const node = join(process.cwd(), folder, 'node_modules', name, 'bin', 'node');
  console.log(
    `The tests on Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`,
  );
  console.log(`LWASYNC_SEED=${seed}`);
  execFileSync(node, [join('node_modules', 'vitest', 'vitest.mjs'), 'run'], {
    stdio: 'inherit',
    env: { ...process.env, LWASYNC_SEED: seed },
  });
}
