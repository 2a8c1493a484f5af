import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { DownloadItem, DownloadOptions } from '../download/download-options.js';
import { toDownloadSettings } from '../download/download-settings.js';
import { planFiles, type PlannedFile } from '../download/file-names.js';
import { hostsOf } from './describe-download.js';

/**
 * Downloading files as a task: call `index` downloads the file of that number. Every call begins with nothing and writes into a
 * folder of its own within `scratch`, so that it can be done again and again; `keepCopies` makes the real files of what came.
 */
export interface DownloadTaskSpec {
  readonly kind: 'download';
  readonly files: readonly SentFile[];
  readonly options: SentOptions;
  /** Where the files are meant to be; absolute. */
  readonly folder: string;
  /** A folder in that one, and so on the same disk, which is made with the first call. */
  readonly scratch: string;
  /** Most files in flight that the limits in all and for each host allow. */
  readonly mostInFlight: number;
}

/** A file with its address as text. */
type SentFile = Omit<PlannedFile, 'url'> & { readonly url: string };

/** The options that are plain data; where the files are written is a matter of each call. */
type SentOptions = Omit<DownloadOptions, 'dir' | 'signal'>;

/**
 * The task of downloading `items`.
 *
 * @throws {UsageError} when an address, a name or an option cannot be used.
 */
export function downloadTask(
  items: readonly DownloadItem[],
  { signal: _signal, dir = '.', ...options }: DownloadOptions = {},
): DownloadTaskSpec {
  const { concurrency, perHost } = toDownloadSettings(options).limits;
  const files = planFiles(items).map((file) => toSentFile(file));
  const folder = resolve(dir);
  return {
    kind: 'download',
    files,
    options,
    folder,
    scratch: join(folder, `.lwasync-compare-${randomBytes(6).toString('hex')}`),
    mostInFlight: Math.min(concurrency, perHost * hostsOf(files).length),
  };
}

function toSentFile({ url, ...file }: PlannedFile): SentFile {
  return Object.assign(file, { url: url.href });
}
