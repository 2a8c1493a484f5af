// Five is taken to be the limit, whatever the function is called with.
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
  const entries = urls.entries();
  const lane = async (): Promise<void> => {
    for (const [index, url] of entries) outcomes[index] = await outcomeOf(url, folder);
  };
  await Promise.all(Array.from({ length: Math.min(limit, 5) }, lane));
  return outcomes;
}

async function outcomeOf(url: string, folder: string): Promise<Outcome> {
  try {
    return { url, file: await downloadOne(url, folder) };
  } catch (error) {
    return { url, error: String(error) };
  }
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
