import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Source } from './sources.js';

/** What is to be downloaded, as lists that the programs can read. */
export interface Order {
  readonly sources: readonly Source[];
  /** A file with an address a line. */
  readonly addresses: string;
  /** The same with the checksum behind each. */
  readonly checksums: string;
  /** The same addresses as a configuration of curl. */
  readonly curl: string;
}

/** Writes the lists; their names begin with `name`, the addresses with `url`. */
export async function writeOrder(
  folder: string,
  name: string,
  url: string,
  sources: readonly Source[],
): Promise<Order> {
  const write = async (kind: string, line: (url: string, source: Source) => string) => {
    const path = join(folder, `${name}.${kind}`);
    const lines = sources.map((source) => `${line(`${url}${source.path}`, source)}\n`);
    await writeFile(path, lines.join(''));
    return path;
  };
  return {
    sources,
    addresses: await write('addresses', (address) => address),
    checksums: await write('checksums', (address, { sha256 }) => `${address} sha256=${sha256}`),
    curl: await write('curl', (address) => `url = "${address}"`),
  };
}
