import { lookup as lookUp, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { monotonicNow } from '../core/clock.js';
import type { Milliseconds } from '../core/units.js';
import { ADDRESSES_KEPT_MS } from './connecting-limits.js';

/** Looks up host names for Node's sockets, each name once for all who ask at the same time, and remembers them for a minute. */
export class NameLookup {
  readonly #addresses = new Map<string, KnownAddresses>();

  // getaddrinfo runs on libuv's pool, two at a time; 10,000 connections to one name would ask 10,000 times.
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    const key = `${hostname} ${options.family ?? 0}`;
    let known = this.#addresses.get(key);
    if (known === undefined || monotonicNow() - known.sinceMs > ADDRESSES_KEPT_MS) {
      known = { sinceMs: monotonicNow(), found: lookUpAll(hostname, options) };
      this.#addresses.set(key, known);
    }
    known.found.then(
      (found) => {
        if (options.all === true) callback(null, found);
        else callback(null, found[0]?.address ?? '', found[0]?.family ?? 4);
      },
      (error: NodeJS.ErrnoException) => {
        this.#addresses.delete(key);
        callback(error, '', 4);
      },
    );
  };
}

interface KnownAddresses {
  readonly sinceMs: Milliseconds;
  readonly found: Promise<LookupAddress[]>;
}

function lookUpAll(hostname: string, options: LookupOptions): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });
}
