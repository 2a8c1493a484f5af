// What stands after the await is taken to run in any case; after a failure it does not.
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** What came of one download: the path of the file, or why there is none. */
export type Outcome =
  | { readonly url: string; readonly file: string }
  | { readonly url: string; readonly error: string };

/**
 * Downloads all files into `folder`, at most `limit` at a time, and as many as that as long as there are enough left to begin. A
 * download that fails does not stop the others. Resolves, when all are over, to their outcomes in the order of `urls`.
 */
export async function downloadAll(
  urls: readonly string[],
  folder: string,
  limit: number,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting: (() => void)[] = [];
  let free = limit;
  const download = async (url: string, index: number): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    outcomes[index] = { url, file: await downloadOne(url, folder) };
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  await Promise.all(
    urls.map((url, index) =>
      download(url, index).catch((error: unknown) => {
        outcomes[index] = { url, error: String(error) };
      }),
    ),
  );
  return outcomes;
}

/**
 * Downloads one file and resolves to its path. Rejects when the server does not have it, or it cannot be written; then there is no
 * such file in the folder. This is as it should be.
 */
async function downloadOne(url: string, folder: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`the server answered with status ${response.status}`);
  }
  const file = join(folder, basename(new URL(url).pathname));
  await writeFile(file, new Uint8Array(await response.arrayBuffer()));
  return file;
}
