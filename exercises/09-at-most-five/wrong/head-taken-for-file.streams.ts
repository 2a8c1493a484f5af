// The callback of get is taken to come when the answer has; it comes with the head, and the stream is still to flow.
import { createWriteStream } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

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
  const underWay = new Set<Promise<unknown>>();
  const outcomes: Promise<Outcome>[] = [];
  for (const url of urls) {
    if (underWay.size >= limit) await Promise.race(underWay);
    const answer = answerOf(url).finally(() => underWay.delete(answer));
    underWay.add(answer);
    outcomes.push(
      answer
        .then((response) => save(response, url, folder))
        .then(
          (file) => ({ url, file }),
          (error: unknown) => ({ url, error: String(error) }),
        ),
    );
  }
  return Promise.all(outcomes);
}

function answerOf(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => get(url, { agent: false }, resolve).on('error', reject));
}

async function save(response: IncomingMessage, url: string, folder: string): Promise<string> {
  if (response.statusCode !== 200) {
    response.resume();
    throw new Error(`the server answered with status ${response.statusCode}`);
  }
  const file = join(folder, basename(new URL(url).pathname));
  await pipeline(response, createWriteStream(file));
  return file;
}
