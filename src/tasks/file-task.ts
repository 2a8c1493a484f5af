import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageOf, UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import { localBlockingTask, localTask, type BlockingTask, type Task } from './task.js';

/** Reading a whole file as a task. Node reads files on the threads of libuv's pool, of which there are four. */
export interface FileTaskSpec {
  readonly kind: 'file';
  /** Absolute. */
  readonly path: string;
}

/**
 * The task of reading a file.
 *
 * @throws {UsageError} when it cannot be found, or is no file.
 */
export function fileTask(path: string): FileTaskSpec {
  const absolute = resolve(path);
  try {
    if (statSync(absolute).isDirectory()) throw new Error('it is a folder');
  } catch (error) {
    throw new UsageError(
      `expected a file to read after 'file', got ${quoted(path)} (${messageOf(error)})`,
    );
  }
  return { kind: 'file', path: absolute };
}

/** Opens the task for reads that leave the thread free. */
export function openFileTask({ path }: FileTaskSpec): Task {
  const over = new AbortController();
  return localTask(
    async () => ({
      status: 0,
      value: undefined,
      bytes: (await readFile(path, { signal: over.signal })).length,
    }),
    () => over.abort(),
  );
}

/** Opens the task for reads that block the thread. */
export function openBlockingFileTask({ path }: FileTaskSpec): BlockingTask {
  return localBlockingTask(() => ({
    status: 0,
    value: undefined,
    bytes: readFileSync(path).length,
  }));
}
