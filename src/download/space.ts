import { DownloadError } from '../core/download-error.js';
import { formatSize } from '../core/format-units.js';
import type { Bytes } from '../core/units.js';
import type { Disk } from './disk.js';

/** Whether the files of a batch fit on the disk: what was free when it began against what they take, by the lengths known so far. */
export class Space {
  readonly #folder: string;
  readonly #free: Bytes | undefined;
  readonly #needed = new Map<number, Bytes>();
  #total: Bytes = 0;

  private constructor(folder: string, free: Bytes | undefined) {
    this.#folder = folder;
    this.#free = free;
  }

  /** Looks how much is free in `folder`; where that is not known everything fits until the disk says otherwise. */
  static async of(disk: Disk, folder: string): Promise<Space> {
    return new Space(folder, await disk.freeBytes(folder));
  }

  /** What was free; `Infinity` where that is not known. */
  get freeBytes(): Bytes {
    return this.#free ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Notes that file `index` takes `bytes` more than it had when the batch began.
   *
   * @throws {DownloadError} `DISK_FULL` when that is more than there is for all.
   */
  reserve(index: number, bytes: Bytes): void {
    this.#total += bytes - (this.#needed.get(index) ?? 0);
    this.#needed.set(index, bytes);
    if (this.#total <= this.freeBytes) return;
    throw new DownloadError(
      'DISK_FULL',
      `${this.#needed.size === 1 ? 'the file needs' : `${this.#needed.size} of the files need`} ` +
        `${formatSize(this.#total)} and the disk of ${this.#folder} has ${formatSize(this.freeBytes)} free`,
    );
  }
}
