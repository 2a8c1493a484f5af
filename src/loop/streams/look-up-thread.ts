// What `resolveName` does on another thread where Node's own loop does not run.
import { lookup } from 'node:dns/promises';

/** Asks getaddrinfo for the addresses of a name, in the order in which the system wants them tried. */
export async function lookUp(name: string): Promise<string[]> {
  const found = await lookup(name, { all: true });
  return found.map(({ address }) => address);
}
