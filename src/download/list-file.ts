import { parseAddress } from '../clients/call-address.js';
import type { Checksum } from '../core/download.js';
import { messageOf, UsageError } from '../core/errors.js';
import { formatCount } from '../core/format-units.js';
import type { Bytes } from '../core/units.js';
import { parseAddressLine, shownPiece } from './address-line.js';
import type { DownloadItem } from './download-options.js';
import { plannedName } from './file-names.js';
import { encodedPath, ListedChecksums, localName } from './listed-checksums.js';
import { strongerChecksum } from './stronger-checksum.js';
import { parseSumsLine, type SumsLine } from './sums-line.js';

/** What a list says. */
export interface DownloadList {
  /** Its addresses. */
  readonly items: readonly DownloadItem[];
  /** Its checksums of files without an address, by the name of the file, which may lie in folders. */
  readonly checksums: ReadonlyMap<string, Checksum>;
}

const MOST_ENTRIES = 100_000;
const MOST_BYTES: Bytes = 10_000_000;

/**
 * Reads a list: an address a line, a file name and a checksum after it where wanted, or lines of a `SHA256SUMS` file. Empty
 * lines and those that begin with # say nothing. `source` names the list in sentences.
 *
 * @throws {UsageError} for the first line that is something else, and for a list of more than 100,000 lines that say
 * something or 10 MB.
 */
export function parseDownloadList(text: string, source: string): DownloadList {
  if (Buffer.byteLength(text) > MOST_BYTES) {
    throw new UsageError(`${source}: a list has at most 10 MB; split it, or is it no list?`);
  }
  const items: DownloadItem[] = [];
  const checksums = new Map<string, Checksum>();
  for (const [index, whole] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const line = whole.replace(/\r$/, '').trimStart();
    if (line.trim() === '' || line.startsWith('#')) continue;
    try {
      readLine(line, items, checksums);
    } catch (thrown) {
      if (!(thrown instanceof UsageError)) throw thrown;
      throw new UsageError(`${source}, line ${index + 1}: ${messageOf(thrown)}`);
    }
  }
  if (items.length + checksums.size > MOST_ENTRIES) {
    throw new UsageError(
      `${source}: a list has at most ${formatCount(MOST_ENTRIES)} files, this one has ` +
        `${formatCount(items.length + checksums.size)}; split it`,
    );
  }
  return { items, checksums };
}

/**
 * The items of all lists and `urls`, which come first. An item takes the checksum of the line that names its file; with
 * `baseUrl`, the address of a folder, every line that no item has taken becomes one.
 *
 * @throws {UsageError} when there are two different checksums for a file, when no item takes any of the checksums, or for
 * an address, name or `baseUrl` that cannot be used.
 */
export function itemsOf(
  lists: readonly DownloadList[],
  urls: readonly DownloadItem[],
  baseUrl: string | undefined,
): { items: DownloadItem[]; warnings: string[] } {
  const listed = new ListedChecksums(lists.map(({ checksums }) => checksums));
  const items = [...urls, ...lists.flatMap((list) => list.items)].map((item) => listed.added(item));
  if (baseUrl === undefined && listed.isUnused) {
    throw new UsageError(
      'no address belongs to a file of the list of checksums; give the addresses of the files, ' +
        'or --base-url with the address of the folder that they are in',
    );
  }
  const warnings = listed.hasLines ? missingChecksums(items) : [];
  if (baseUrl !== undefined) items.push(...itemsUnder(baseUrl, listed.left()));
  return { items, warnings };
}

function itemsUnder(baseUrl: string, lines: readonly SumsLine[]): DownloadItem[] {
  const { search, hash } = parseAddress(baseUrl);
  if (search !== '' || hash !== '') {
    throw new UsageError(
      'expected the address of a folder for --base-url, without ? and #, like https://example.org/files/',
    );
  }
  const folder = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  return lines.map(({ name, checksum }) => {
    // A browser or server would go up a folder here.
    if (/^\/|(?:^|\/)\.{0,2}(?:\/|$)/.test(name)) {
      throw new UsageError(
        `expected names of files below --base-url in a list of checksums, got ${shownPiece(name)}; leave that line out`,
      );
    }
    return { url: `${folder}${encodedPath(name)}`, name: localName(name), checksum };
  });
}

const MOST_NAMED = 3;

function missingChecksums(items: readonly DownloadItem[]): string[] {
  const names = items.filter(({ checksum }) => checksum === undefined).map(plannedName);
  if (names.length === 0) return [];
  const more = names.length - MOST_NAMED;
  const named = names.slice(0, MOST_NAMED).join(', ');
  return [
    `no line of the list of checksums is for ${named}${more > 0 ? ` and ${formatCount(more)} more` : ''}`,
  ];
}

function readLine(line: string, items: DownloadItem[], checksums: Map<string, Checksum>): void {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(line)) {
    items.push(parseAddressLine(line));
    return;
  }
  const sums = parseSumsLine(line);
  if (sums !== undefined) {
    const { name, checksum } = sums;
    checksums.set(name, strongerChecksum(name, checksums.get(name), checksum));
    return;
  }
  throw new UsageError(
    `expected an address (https://...) or a line of a SHA256SUMS file, got ${shownPiece(line)}`,
  );
}
