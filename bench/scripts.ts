import { fileURLToPath } from 'node:url';

// The scripts are not compiled: from .cache/bench/ back to bench/peers/.
const SCRIPTS = new URL('../../bench/peers/', import.meta.url);

/** The path of the program `lwasync` as it is built in dist/. */
export const LWASYNC: string = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The path of a script in bench/peers/. */
export function scriptPath(name: string): string {
  return fileURLToPath(new URL(name, SCRIPTS));
}
