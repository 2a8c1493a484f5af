import { execFileSync } from 'node:child_process';

/** Tests run what `tsc` made of the sources, so it is made anew before them (about a second). */
export function setup(): void {
  execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' });
}
