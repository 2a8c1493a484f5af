import { fdatasync, fsync, writeSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Bytes } from '../core/units.js';

/** What a download asks of a disk where it can be full or slow; the rest is plain `node:fs`. */
export interface Disk {
  /** Writes `bytes[from, to)` at `position` of an open file, all of them. Throws what the system says, `ENOSPC` among it. */
  write(fd: number, bytes: Uint8Array, from: number, to: number, position: Bytes): void;
  /** Resolves when what was written to the file is on the disk. */
  syncData(fd: number): Promise<void>;
  /** The same with everything about the file or folder. */
  syncAll(fd: number): Promise<void>;
  /** Bytes that may still be written to the file system of `folder`; `undefined` where that is not known. */
  freeBytes(folder: string): Promise<Bytes | undefined>;
}

const syncDataOf = promisify(fdatasync);
const syncAllOf = promisify(fsync);

/** The disk of this machine. Writes block the thread: they end in the page cache, and handing them on would copy them. */
export const REAL_DISK: Disk = {
  write(fd, bytes, from, to, position) {
    for (let at = from; at < to;) {
      at += writeSync(fd, bytes, at, to - at, position + at - from);
    }
  },
  syncData: (fd) => syncDataOf(fd),
  syncAll: (fd) => syncAllOf(fd),
  async freeBytes(folder) {
    try {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    } catch {
      return undefined;
    }
  },
};

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** Whether the system says that there is no space left, on the disk or for this user. */
export function isDiskFull(thrown: unknown): boolean {
  return thrown instanceof Error && FULL.has(String(Reflect.get(thrown, 'code')));
}
