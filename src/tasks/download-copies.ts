import { existsSync, linkSync, lstatSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../core/errors.js';
import { REAL_DISK } from '../download/disk.js';
import { FolderSync } from '../download/folder-sync.js';
import type { DownloadTaskSpec } from './download-task.js';

/** What became of the files when their downloads were over; names. */
export interface KeptCopies {
  /** There now. */
  readonly kept: readonly string[];
  /** There before, and as they were. */
  readonly present: readonly string[];
  /** Why others are not there, a sentence each; those that were never complete are not among them. */
  readonly faults: readonly string[];
}

/** Where the complete copies are while a task is done again and again. */
export function completeCopies(scratch: string): string {
  return join(scratch, 'complete');
}

/**
 * Gives the complete copies their final names and removes everything else that the task wrote. What has such a name already
 * stays as it is, unless the options say otherwise. Nothing may be downloading any more.
 */
export async function keepCopies(spec: DownloadTaskSpec): Promise<KeptCopies> {
  const { files, folder, scratch, options } = spec;
  const kept: string[] = [];
  const present: string[] = [];
  const faults: string[] = [];
  for (const { name } of files) {
    const copy = join(completeCopies(scratch), name);
    if (!existsSync(copy)) continue;
    try {
      const isThere = giveName(copy, join(folder, name), options.overwrite ?? false);
      (isThere ? kept : present).push(name);
    } catch (error) {
      faults.push(`${name}: it could not be moved to ${folder} (${messageOf(error)})`);
    }
  }
  if (kept.length > 0 && (options.durable ?? true)) await new FolderSync(folder, REAL_DISK).sync();
  await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  return { kept, present, faults };
}

// A link is made only where nothing is, which a rename does not promise; not every file system has links.
function giveName(copy: string, path: string, overwrite: boolean): boolean {
  if (!overwrite) {
    try {
      linkSync(copy, path);
      return true;
    } catch {
      if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return false;
    }
  }
  renameSync(copy, path);
  return true;
}
