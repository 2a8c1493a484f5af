import { parseAddress } from '../clients/call-address.js';
import type { Checksum } from '../core/download.js';
import type { DownloadItem } from './download-options.js';
import { plannedName } from './file-names.js';
import { safeFileName } from './safe-file-name.js';
import { strongerChecksum } from './stronger-checksum.js';
import type { SumsLine } from './sums-line.js';

/** The checksums of `SHA256SUMS` lines, and which of them the items have taken. */
export class ListedChecksums {
  // By the name of the file without its folders.
  readonly #lines = new Map<string, SumsLine[]>();
  readonly #taken = new Set<SumsLine>();

  /** @throws {UsageError} when two lists have different checksums for one file. */
  constructor(lists: readonly ReadonlyMap<string, Checksum>[]) {
    const merged = new Map<string, Checksum>();
    for (const [name, checksum] of lists.flatMap((list) => [...list])) {
      merged.set(name, strongerChecksum(name, merged.get(name), checksum));
    }
    for (const [name, checksum] of merged) {
      const key = localName(name);
      const lines = this.#lines.get(key) ?? [];
      lines.push({ name, checksum });
      this.#lines.set(key, lines);
    }
  }

  /** Whether there are any. */
  get hasLines(): boolean {
    return this.#lines.size > 0;
  }

  /** Whether there are some, and no item has taken one. */
  get isUnused(): boolean {
    return this.hasLines && this.#taken.size === 0;
  }

  /**
   * The item with the checksum of the line that names its file. Of files with one name in several folders it is the one that
   * the address ends in.
   *
   * @throws {UsageError} when there are different checksums for it.
   */
  added(item: DownloadItem): DownloadItem {
    const name = plannedName(item);
    const lines = this.#linesFor(item, name);
    let checksum = item.checksum;
    for (const line of lines) {
      this.#taken.add(line);
      checksum = strongerChecksum(name, checksum, line.checksum);
    }
    return { ...item, checksum };
  }

  /** The lines that no item has taken. */
  left(): SumsLine[] {
    return [...this.#lines.values()].flat().filter((line) => !this.#taken.has(line));
  }

  #linesFor(item: DownloadItem, name: string): readonly SumsLine[] {
    const lines = this.#lines.get(safeFileName(name)) ?? [];
    if (lines.length < 2) return lines;
    const { pathname } = parseAddress(item.url);
    const near = lines.filter((line) => pathname.endsWith(`/${encodedPath(line.name)}`));
    return near.length > 0 ? near : lines;
  }
}

/** The name that a file of a line has here: the last part of what may lie in folders. */
export function localName(name: string): string {
  return safeFileName(name.split('/').at(-1) ?? '');
}

/** A path as it stands in an address. Halves of characters, which no address can hold, become U+FFFD. */
export function encodedPath(name: string): string {
  return name
    .split('/')
    .map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, '\uFFFD')))
    .join('/');
}
