import type { TlsTrust } from '../clients/tls-trust.js';
import { PlainTransport } from './plain-transport.js';
import type { Transport } from './transport.js';

/** The transports of a batch, each made when it is first needed. */
export class Transports {
  readonly #trust: TlsTrust | undefined;
  readonly #usesLibraryOnly: boolean;
  #plain: PlainTransport | undefined;
  #library: Promise<Transport> | undefined;

  constructor(trust: TlsTrust | undefined, usesLibraryOnly: boolean) {
    this.#trust = trust;
    this.#usesLibraryOnly = usesLibraryOnly;
  }

  /** The one for an address. */
  async for({ protocol }: URL): Promise<Transport> {
    if (protocol === 'http:' && !this.#usesLibraryOnly) {
      this.#plain ??= new PlainTransport();
      return this.#plain;
    }
    this.#library ??= openLibrary(this.#trust);
    return this.#library;
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await Promise.all([this.#plain?.close(), (await this.#library)?.close()]);
  }
}

// Loaded where it is needed only: it takes 10 MB and 100 ms.
async function openLibrary(trust: TlsTrust | undefined): Promise<Transport> {
  const { LibraryTransport } = await import('./library-transport.js');
  return new LibraryTransport(trust);
}
