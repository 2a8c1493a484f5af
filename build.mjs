// Compiles src/ to dist/. The new output is made beside the old one and takes its place when it is whole: a deleted source
// leaves nothing behind, and a command that runs meanwhile finds its files.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
const compiler = join(typescript, 'bin', 'tsc');
const fresh = `dist.${process.pid}.new`;
const stale = `dist.${process.pid}.old`;
try {
  const words = [compiler, '-p', 'tsconfig.build.json', '--outDir', fresh];
  execFileSync(process.execPath, words, { stdio: 'inherit' });
  chmodSync(join(fresh, 'cli', 'main.js'), 0o755);
  if (existsSync('dist')) renameSync('dist', stale);
  renameSync(fresh, 'dist');
} catch {
  // The compiler has said what is wrong.
  process.exitCode = 1;
} finally {
  for (const folder of [fresh, stale]) rmSync(folder, { recursive: true, force: true });
}
