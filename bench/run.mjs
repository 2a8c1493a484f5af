// Compiles the benchmarks and runs them. They measure what is built in dist/, so that has to be there.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiled = join(root, '.cache', 'bench');

function compile() {
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  rmSync(compiled, { recursive: true, force: true });
  const tsc = join(typescript, 'bin', 'tsc');
  const project = join(root, 'bench', 'tsconfig.json');
  const { status } = spawnSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' });
  return status === 0;
}

if (!existsSync(join(root, 'dist', 'cli', 'main.js'))) {
  process.stderr.write('bench: dist/ is not built, which is what is measured; type: make bench\n');
  process.exitCode = 2;
} else if (compile()) {
  await import(pathToFileURL(join(compiled, 'main.js')).href);
} else {
  process.exitCode = 70;
}
