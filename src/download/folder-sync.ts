import { closeSync, openSync } from 'node:fs';
import type { Disk } from './disk.js';

/** Makes sure that names in a folder are on the disk; those who ask at the same time share one `fsync`. */
export class FolderSync {
  readonly #folder: string;
  readonly #disk: Disk;
  #underWay: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(folder: string, disk: Disk) {
    this.#folder = folder;
    this.#disk = disk;
  }

  /** Resolves when every name given before the call is on the disk. Rejects with what the system says. */
  sync(): Promise<void> {
    // One that has begun may have missed the latest name.
    this.#next ??= (this.#underWay ?? Promise.resolve())
      .catch(() => {})
      .then(() => {
        this.#underWay = this.#next;
        this.#next = undefined;
        return this.#syncNow();
      });
    return this.#next;
  }

  async #syncNow(): Promise<void> {
    let fd: number;
    try {
      fd = openSync(this.#folder, 'r');
    } catch {
      // Windows opens no folder, and keeps names by itself.
      return;
    }
    try {
      await this.#disk.syncAll(fd);
    } finally {
      closeSync(fd);
    }
  }
}
