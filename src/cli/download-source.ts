import { UsageError } from '../core/errors.js';
import type { DownloadItem } from '../download/download-options.js';
import { namesNothing, readItems, refuseItemOptions } from './download-items.js';
import { makePassingFolder, openPracticeFiles } from './download-practice.js';
import type { DownloadCommandOptions } from './download-command-options.js';
import { remark } from './terminal.js';

/** What is downloaded and where to. */
export interface DownloadSource {
  readonly items: readonly DownloadItem[];
  /** `undefined` for the current folder. */
  readonly dir: string | undefined;
  /** Puts back what was set up. */
  close(): Promise<void>;
}

/**
 * The files that the words of a command name, or where they name none those of a practice server, for a folder of their own
 * unless one is named.
 *
 * @throws {UsageError} when a word or a list cannot be used, or an option has nothing to be about.
 * @throws {UnavailableError} when the practice server does not start.
 */
export async function openDownloadSource(
  urls: readonly string[],
  options: DownloadCommandOptions,
): Promise<DownloadSource> {
  const { dir } = options;
  if (!namesNothing(urls, options)) {
    const items = await readItems(urls, options);
    return { items, dir, close: async () => {} };
  }
  refuseItemOptions(urls, options);
  refuseRequestOptions(options);
  const folder = dir === undefined ? await makePassingFolder() : undefined;
  const practice = await openPracticeFiles();
  remark(practice.described);
  for (const warning of practice.warnings) remark(`practice server: ${warning}`);
  return {
    items: practice.items,
    dir: dir ?? folder?.path,
    close: async () => {
      await practice.close();
      if (folder === undefined) return;
      folder.remove();
      remark('the practice files are removed again; --dir folder keeps them');
    },
  };
}

// An option that would change nothing is more likely a mistake than a wish.
function refuseRequestOptions({ header, ca, insecure }: DownloadCommandOptions): void {
  const given: readonly (readonly [name: string, isGiven: boolean])[] = [
    ['--header', header !== undefined],
    ['--ca', ca !== undefined],
    ['--insecure', insecure === true],
  ];
  const [name] = given.find(([, isGiven]) => isGiven) ?? [];
  if (name !== undefined) {
    throw new UsageError(
      `${name} is for your own files, and none was named; write a URL or --input`,
    );
  }
}
