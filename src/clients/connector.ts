import { lookup as lookUp, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import pLimit from 'p-limit';
import { buildConnector } from 'undici';
import { monotonicNow } from '../core/clock.js';
import type { Connecting } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';

// A listening socket holds as many unaccepted connections as its backlog (often 511, at most somaxconn = 4096 on Linux)
// and drops what comes beyond, which costs the client a second until it tries again. So connections are set up in turn.
const MAX_CONNECTING = 256;

/** Sets up connections for undici: a bounded number at a time, each name looked up once, and the time noted. */
export class Connector {
  readonly #limit = pLimit(MAX_CONNECTING);
  readonly #addresses = new Map<string, Promise<LookupAddress[]>>();
  readonly #connect: buildConnector.connector;
  #connections = 0;
  #pending = 0;
  #busySince: Milliseconds = 0;
  #busyMs: Milliseconds = 0;

  constructor() {
    // The deadline of the call that waits for the connection is the only one; it gives up the call, not the connection.
    this.#connect = buildConnector({ lookup: this.#lookup, timeout: 60_000 });
  }

  /** A connector as undici's `Agent` takes it. */
  readonly connect: buildConnector.connector = (options, callback) => {
    void this.#limit(
      () =>
        new Promise<void>((settled) => {
          this.#began();
          this.#connect(options, (...result: Parameters<buildConnector.Callback>) => {
            this.#ended(result[0] === null);
            settled();
            callback(...result);
          });
        }),
    );
  };

  /** What was set up since the last report. */
  takeReport(): Connecting {
    const report = { connections: this.#connections, durationMs: this.#busyMs };
    this.#connections = 0;
    this.#busyMs = 0;
    return report;
  }

  #began(): void {
    if (this.#pending === 0) this.#busySince = monotonicNow();
    this.#pending += 1;
  }

  #ended(connected: boolean): void {
    if (connected) this.#connections += 1;
    this.#pending -= 1;
    if (this.#pending === 0) this.#busyMs += monotonicNow() - this.#busySince;
  }

  // getaddrinfo runs on libuv's pool, two at a time; 10,000 connections to one name would ask 10,000 times.
  readonly #lookup: LookupFunction = (hostname, options, callback) => {
    const key = `${hostname} ${options.family ?? 0}`;
    let addresses = this.#addresses.get(key);
    if (addresses === undefined) {
      addresses = lookUpAll(hostname, options);
      this.#addresses.set(key, addresses);
    }
    addresses.then(
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

function lookUpAll(hostname: string, options: LookupOptions): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });
}
