// A fetch that has resolved is taken for a file that has come; the head of the answer has.
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
  const entries = urls.entries();
  const saved: Promise<Outcome>[] = [];
  const lane = async (): Promise<void> => {
    for (const [index, url] of entries) {
      try {
        const response = await fetch(url);
        saved[index] = save(response, url, folder).then(
          (file) => ({ url, file }),
          (error: unknown) => ({ url, error: String(error) }),
        );
      } catch (error) {
        saved[index] = Promise.resolve({ url, error: String(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, lane));
  return Promise.all(saved);
}

async function save(response: Response, url: string, folder: string): Promise<string> {
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`the server answered with status ${response.status}`);
  }
  const file = join(folder, basename(new URL(url).pathname));
  await writeFile(file, new Uint8Array(await response.arrayBuffer()));
  return file;
}
