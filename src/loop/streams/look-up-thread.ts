// What `resolveName` does, on another thread where Node's own loop does not run.
import { lookup } from 'node:dns/promises';

/** What getaddrinfo answers. As a failure would lose its code on the way from a thread, it is a result. */
export type LookUp = { readonly addresses: string[] } | { readonly code: string };

/** Asks getaddrinfo for the addresses of a name, in the order in which the system wants them tried. */
export async function lookUp(name: string): Promise<LookUp> {
  try {
    const found = await lookup(name, { all: true });
    if (found.length === 0) return { code: 'ENOTFOUND' };
    return { addresses: found.map(({ address }) => address) };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { code: String(error.code) };
    throw error;
  }
}
