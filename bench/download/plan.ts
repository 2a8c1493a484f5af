import type { Extent } from '../group.js';

/** Files that are downloaded together. */
export interface Setting {
  /** The words of the document. */
  readonly name: string;
  readonly files: number;
  /** The size of each, in bytes. */
  readonly bytes: number;
  /** What CPU time is divided by: a billion bytes, or the number of files where that is what costs. */
  readonly cpuPer: 'GB' | 'file';
}

/** The settings of this group. */
export interface Plan {
  /** Many large files, most of the bytes in flight together. */
  readonly large: Setting;
  /** Files so small that each costs more than its bytes. */
  readonly small: Setting;
  /** One of the large files alone, beside which a longer one is held. */
  readonly single: Setting;
  readonly long: Setting;
}

/** Files in flight at once, of everyone who can. */
export const CONCURRENCY = 20;

/** The settings that the document is made of, or small ones. */
export function planFor({ quick }: Extent): Plan {
  return quick
    ? {
        large: { name: '4 files of 5 MB', files: 4, bytes: 5e6, cpuPer: 'GB' },
        small: { name: '50 files of 10 kB', files: 50, bytes: 10e3, cpuPer: 'file' },
        single: { name: '1 file of 5 MB', files: 1, bytes: 5e6, cpuPer: 'GB' },
        long: { name: '1 file of 50 MB', files: 1, bytes: 50e6, cpuPer: 'GB' },
      }
    : {
        large: { name: '20 files of 50 MB', files: 20, bytes: 50e6, cpuPer: 'GB' },
        small: { name: '2,000 files of 10 kB', files: 2000, bytes: 10e3, cpuPer: 'file' },
        single: { name: '1 file of 50 MB', files: 1, bytes: 50e6, cpuPer: 'GB' },
        long: { name: '1 file of 1 GB', files: 1, bytes: 1e9, cpuPer: 'GB' },
      };
}

/** All of them, in the order in which they are measured and stand in a table. */
export function settingsOf({ large, small, single, long }: Plan): Setting[] {
  return [large, small, single, long];
}

/** The bytes of all files of a setting. */
export function totalBytes({ files, bytes }: Setting): number {
  return files * bytes;
}
