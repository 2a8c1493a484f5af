import { readFileSync } from 'node:fs';
import { toTlsTrust } from '../../src/clients/tls-trust.js';
import { LibraryTransport } from '../../src/download/library-transport.js';
import { PlainTransport } from '../../src/download/plain-transport.js';
import type { Transport } from '../../src/download/transport.js';
import { CERTIFICATE_FILE } from './fault-server.js';

interface Way {
  readonly name: string;
  readonly scheme: 'http' | 'https';
  readonly open: () => Transport;
}

const trust = toTlsTrust(readFileSync(CERTIFICATE_FILE, 'utf8'), false);

/** Every way in which a request for a file can be made. */
export const everyTransport: readonly Way[] = [
  { name: 'our own reader of sockets', scheme: 'http', open: () => new PlainTransport() },
  { name: 'the library', scheme: 'http', open: () => new LibraryTransport(undefined) },
  { name: 'the library on https', scheme: 'https', open: () => new LibraryTransport(trust) },
];
