import { Connector } from '../clients/connector.js';
import type { TlsTrust } from '../clients/tls-trust.js';
import { KeptConnections } from './kept-connections.js';
import { LibraryConnection } from './library-connection.js';

/** Requests with undici, for https and whatever is unusual. */
export class LibraryTransport extends KeptConnections {
  /** With whom https connections trust; `undefined` for those whom Node trusts. */
  constructor(trust: TlsTrust | undefined) {
    const connector = new Connector();
    super((url, keeper) => new LibraryConnection(url.origin, connector.open(trust), keeper));
  }
}
