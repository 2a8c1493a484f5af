import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { orNothing } from '../core/or-nothing.js';
import { compileInto } from '../tasks/user-modules.js';
import { makeFolder } from './made-folder.js';

let made: Promise<string> | undefined;

/**
 * The folder for what is compiled for attempts, one for all of this process: a module of an exercise that is loaded into the
 * learner's thread is compiled by the first and not by each, which would cost it more than all else. It is removed when
 * this process ends.
 *
 * @throws {UsageError} when there is no room for it.
 */
export function compiledFolder(): Promise<string> {
  made ??= makeFolder('lwasync-compiled-').then(
    (folder) => {
      process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
      return folder;
    },
    (error: unknown) => {
      made = undefined;
      throw error;
    },
  );
  return made;
}

/** Compiles a module into a folder, and those beside it, which it may import. */
export function compileWithNeighbours(folder: string, path: string): void {
  const neighbours = (orNothing(() => readdirSync(dirname(path))) ?? []).filter((name) =>
    /^[^.].*\.ts$/.test(name),
  );
  for (const name of new Set([basename(path), ...neighbours])) {
    compileInto(folder, join(dirname(path), name));
  }
}
