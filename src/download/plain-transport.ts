import { NameLookup } from '../clients/name-lookup.js';
import { KeptConnections } from './kept-connections.js';
import { PlainConnection } from './plain-connection.js';

/**
 * Requests over plain http with our own reader of sockets: all of them read into one buffer and bodies are handed over as
 * views of it, so memory does not grow with files or their sizes.
 */
export class PlainTransport extends KeptConnections {
  constructor() {
    const names = new NameLookup();
    super((url, keeper) => new PlainConnection(url, names.lookup, keeper));
  }
}
