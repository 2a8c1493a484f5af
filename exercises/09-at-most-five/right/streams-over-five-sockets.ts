import { createWriteStream } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
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
  // An agent makes requests wait until one of its sockets is free.
  const agent = new Agent({ keepAlive: true, maxSockets: limit });
  const download = async (url: string): Promise<Outcome> => {
    try {
      const response = await responseTo(url, agent);
      if (response.statusCode !== 200) {
        response.resume();
        throw new Error(`the server answered with status ${response.statusCode}`);
      }
      const file = join(folder, basename(new URL(url).pathname));
      await pipeline(response, createWriteStream(file));
      return { url, file };
    } catch (error) {
      return { url, error: String(error) };
    }
  };
  const outcomes = await Promise.all(urls.map(download));
  agent.destroy();
  return outcomes;
}

function responseTo(url: string, agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => get(url, { agent }, resolve).on('error', reject));
}
