import type { TlsTrust } from '../clients/tls-trust.js';
import { LibraryTransport } from './library-transport.js';
import { PlainTransport } from './plain-transport.js';
import type { Transport } from './transport.js';

/** The transports of a batch, each made when it is first needed. */
export class Transports {
  readonly #trust: TlsTrust | undefined;
  readonly #usesLibraryOnly: boolean;
  #plain: PlainTransport | undefined;
  #library: LibraryTransport | undefined;

  constructor(trust: TlsTrust | undefined, usesLibraryOnly: boolean) {
    this.#trust = trust;
    this.#usesLibraryOnly = usesLibraryOnly;
  }

  /** The one for an address. */
  for({ protocol }: URL): Transport {
    if (protocol === 'http:' && !this.#usesLibraryOnly) {
      this.#plain ??= new PlainTransport();
      return this.#plain;
    }
    this.#library ??= new LibraryTransport(this.#trust);
    return this.#library;
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await Promise.all([this.#plain?.close(), this.#library?.close()]);
  }
}
