import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageVersion } from '../core/version.js';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
const FROM_REGISTRY = /^https?:\/\/.*\/-\/[^/]+\.tgz$/;

/**
 * What a `package.json` in a folder says for a dependency on this very lwasync: its version where a registry has it, else the
 * packed file, the address or the work tree that it came from.
 *
 * Source: npm, "package-lock.json", hidden lockfiles: `node_modules/.package-lock.json` says from where each package was resolved.
 */
export function packageSource(folder: string): string {
  if (!PACKAGE.split(sep).includes('node_modules')) return `file:${relative(folder, PACKAGE)}`;
  const from = resolvedFrom();
  if (from === undefined || FROM_REGISTRY.test(from)) return packageVersion();
  const [, path] = /^file:(.*)$/.exec(from) ?? [];
  if (path === undefined) return from;
  return `file:${relative(folder, resolve(dirname(dirname(PACKAGE)), path))}`;
}

function resolvedFrom(): string | undefined {
  try {
    const text = readFileSync(join(dirname(PACKAGE), '.package-lock.json'), 'utf8');
    const { packages }: Record<string, unknown> = Object(JSON.parse(text));
    const entry: unknown = Reflect.get(Object(packages), 'node_modules/lwasync');
    const found: unknown = Reflect.get(Object(entry), 'resolved');
    return typeof found === 'string' ? found : undefined;
  } catch {
    // Other package managers, and npm for the whole machine, keep none.
    return undefined;
  }
}
