import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The programs that these tests need, each with the Debian package that brings it. */
const PACKAGES = { nginx: 'nginx-light', python3: 'python3', openssl: 'openssl' } as const;

/** One of those programs. */
export type ToolName = keyof typeof PACKAGES;

/** Ends the run before its first test when a program is missing, so that no test is left out unnoticed. */
export function setup(): void {
  const missing = Object.entries(PACKAGES).filter(([name]) => find(name) === undefined);
  if (missing.length === 0) return;
  const names = missing.map(([name]) => name).join(' and ');
  const packages = missing.map(([, name]) => name).join(' ');
  const fault = new Error(
    `the interop tests need ${names} (on Debian: apt-get install ${packages})`,
  );
  // The sentence says it all; where it was thrown helps nobody.
  fault.stack = '';
  throw fault;
}

/** Where a program is. */
export function toolPath(name: ToolName): string {
  const path = find(name);
  if (path === undefined) throw new Error(`${name} is not installed`);
  return path;
}

// Debian keeps servers in a folder that only root has on its PATH.
function find(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
