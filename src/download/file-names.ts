import { authorization, parseAddress } from '../clients/call-address.js';
import type { Checksum } from '../core/download.js';
import { UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import type { DownloadItem } from './download-options.js';
import { checkedFileName, safeFileName } from './safe-file-name.js';

/** An item with the name that its file will have. */
export interface PlannedFile {
  /** Its place in the batch, from 0. */
  readonly index: number;
  /** Without credentials and fragment. */
  readonly url: URL;
  /** The user name and password of the address, where it had any. */
  readonly headers: Readonly<Record<string, string>>;
  /** The address to show. */
  readonly shownUrl: string;
  readonly name: string;
  readonly checksum: Checksum | undefined;
}

/** What our own files beside `name` end in. */
const OWN_SUFFIXES = ['.part', '.part.json', '.part.lock', '.part.json.tmp'];

/**
 * Gives every item its name.
 *
 * @throws {UsageError} when there is no item, an address is none, a name is not one safe file name, or two files, or a file
 * and what is written beside another, would have one name; on macOS and Windows capitals make no other name.
 */
export function planFiles(
  items: readonly DownloadItem[],
  platform: NodeJS.Platform = process.platform,
): PlannedFile[] {
  if (items.length === 0) {
    throw new UsageError('expected at least one address to download, got none');
  }
  const files = items.map((item, index) => planned(item, index));
  refuseCollisions(files, platform);
  return files;
}

/**
 * The name of an item's file: its own, or one made of the last part of the path of its address.
 *
 * @throws {UsageError} as `planFiles` does.
 */
export function plannedName({ url, name }: DownloadItem): string {
  if (name !== undefined) return checkedFileName(name);
  const segment = parseAddress(url).pathname.split('/').at(-1) ?? '';
  return safeFileName(percentDecoded(segment));
}

function planned(item: DownloadItem, index: number): PlannedFile {
  const name = plannedName(item);
  const url = parseAddress(item.url);
  const headers = authorization(url);
  url.username = '';
  url.password = '';
  url.hash = '';
  return { index, url, headers, shownUrl: url.href, name, checksum: item.checksum };
}

// What encodes no text stays as it is.
function percentDecoded(segment: string): string {
  return segment.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

function refuseCollisions(files: readonly PlannedFile[], platform: NodeJS.Platform): void {
  const keyOf = (name: string): string => (FOLDING.has(platform) ? folded(name) : name);
  const byName = new Map<string, PlannedFile>();
  for (const file of files) {
    const key = keyOf(file.name);
    const other = byName.get(key);
    if (other !== undefined) {
      throw new UsageError(
        `two files would have the name ${quoted(file.name)}: ${other.shownUrl} and ${file.shownUrl}; ` +
          'give one of them another name in a list: address, space, name',
      );
    }
    byName.set(key, file);
  }
  for (const file of files) {
    const taken = OWN_SUFFIXES.find((suffix) => byName.has(keyOf(`${file.name}${suffix}`)));
    if (taken === undefined) continue;
    throw new UsageError(
      `the name ${quoted(`${file.name}${taken}`)} is needed while ${quoted(file.name)} is on its way; ` +
        'give one of them another name in a list: address, space, name',
    );
  }
}

// Their file systems keep capitals and accents as they are written, and do not tell them apart.
const FOLDING: ReadonlySet<NodeJS.Platform> = new Set(['darwin', 'win32']);

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
