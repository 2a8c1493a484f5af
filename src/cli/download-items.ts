import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Checksum } from '../core/download.js';
import { messageOf, UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import type { DownloadItem } from '../download/download-options.js';
import { itemsOf, parseDownloadList, type DownloadList } from '../download/list-file.js';
import { remark } from './terminal.js';

/** What says which files are downloaded. */
export interface ItemOptions {
  /** Files with lists; `-` is standard input. */
  readonly input?: readonly string[];
  readonly baseUrl?: string;
  readonly name?: string;
  readonly checksum?: Checksum;
}

/** Whether nothing was named, so that the practice files are meant. */
export function namesNothing(urls: readonly string[], { input = [] }: ItemOptions): boolean {
  return urls.length === 0 && input.length === 0;
}

/**
 * The items that the words of a command and its lists name; what is odd about the lists is said on standard error.
 *
 * @throws {UsageError} when a list cannot be read or used, or an option has nothing to be about.
 */
export async function readItems(
  urls: readonly string[],
  options: ItemOptions,
): Promise<readonly DownloadItem[]> {
  const { input = [], baseUrl, name, checksum } = options;
  refuseItemOptions(urls, options);
  const lists: DownloadList[] = [];
  for (const path of input) lists.push(await readList(path));
  const named = urls.map((url) => ({ url, name, checksum }));
  const { items, warnings } = itemsOf(lists, named, baseUrl);
  for (const warning of warnings) remark(warning);
  return items;
}

/**
 * Refuses options that have nothing to be about.
 *
 * @throws {UsageError} when there is one.
 */
export function refuseItemOptions(urls: readonly string[], options: ItemOptions): void {
  const { input = [], baseUrl, name, checksum } = options;
  if (baseUrl !== undefined && input.length === 0) {
    throw new UsageError(
      '--base-url is for lists of checksums without addresses; name one with --input',
    );
  }
  const isAboutOne = name !== undefined || checksum !== undefined;
  if (isAboutOne && (urls.length !== 1 || input.length > 0)) {
    const option = name === undefined ? '--checksum' : '--name';
    throw new UsageError(
      `${option} is about one URL, got ${urls.length}${input.length > 0 ? ' and a list' : ''}; ` +
        'in a list (--input) each line may have a name and a checksum behind its address',
    );
  }
  if (input.filter((path) => path === '-').length > 1) {
    throw new UsageError('--input: standard input can be read once, got - twice');
  }
}

async function readList(path: string): Promise<DownloadList> {
  const isInput = path === '-';
  if (isInput && process.stdin.isTTY) remark('reads the list from the terminal; Ctrl-D ends it');
  let content: string;
  try {
    content = isInput ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`--input: the list ${quoted(path)} cannot be read (${messageOf(error)})`);
  }
  return parseDownloadList(content, isInput ? 'standard input' : path);
}
