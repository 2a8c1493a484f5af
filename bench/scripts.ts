import { fileURLToPath } from 'node:url';

// The scripts are not compiled: from .cache/bench/ back to bench/peers/.
const SCRIPTS = new URL('../../bench/peers/', import.meta.url);

/** The path of a script in bench/peers/. */
export function scriptPath(name: string): string {
  return fileURLToPath(new URL(name, SCRIPTS));
}
