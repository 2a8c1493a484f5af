import { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import pLimit from 'p-limit';
import type { buildConnector } from 'undici';
import { MAX_CONNECTING } from './connecting-limits.js';
import { ConnectingReport } from './connecting-report.js';
import type { Connecting } from '../core/run.js';
import { NameLookup } from './name-lookup.js';
import type { TlsTrust } from './tls-trust.js';
import { buildUndiciConnector } from './undici-client.js';

/** Sets up the connections of a client, and gives up the attempt that is under way. */
export interface ConnectAttempt {
  readonly connect: buildConnector.connector;
  readonly giveUp: () => void;
}

/** Sets up connections for undici: a bounded number at a time, each name looked up once, and the time noted. */
export class Connector {
  readonly #limit = pLimit(MAX_CONNECTING);
  readonly #names = new NameLookup();
  readonly #connects = new Map<string, buildConnector.connector>();
  readonly #report = new ConnectingReport();

  /** What sets up the connections of one undici `Client`, one after another; https is trusted by Node's rules unless told. */
  open(trust: TlsTrust | undefined): ConnectAttempt {
    const connectTrusting = this.#connectTrusting(trust);
    let over = false;
    let connecting: Socket | undefined;
    const connect = (
      options: buildConnector.Options,
      callback: buildConnector.Callback,
      settled: () => void,
    ): void => {
      if (over) {
        settled();
        callback(new Error('given up before its turn'), null);
        return;
      }
      this.#report.began();
      // undici's connector returns the socket, though its types do not say so.
      const socket: unknown = connectTrusting(options, (...result) => {
        connecting = undefined;
        this.#report.ended(result[0] === null);
        settled();
        callback(...result);
      });
      if (socket instanceof Socket) connecting = socket;
    };
    return {
      connect: (options, callback) => {
        void this.#limit(() => new Promise<void>((settled) => connect(options, callback, settled)));
      },
      giveUp: () => {
        over = true;
        connecting?.destroy(new Error('given up'));
      },
    };
  }

  /** What was set up since the last report, attempts under way included. */
  takeReport(): Connecting {
    return this.#report.take();
  }

  // Each has a cache of TLS sessions, which are resumed without looking at a certificate: so one for each trust.
  #connectTrusting(trust: TlsTrust | undefined): buildConnector.connector {
    const key = trust?.key ?? '';
    const known = this.#connects.get(key);
    if (known !== undefined) return known;
    // The deadline of the call that waits for the connection gives the attempt up; this one only bounds what it misses.
    const connect = buildUndiciConnector({
      lookup: this.#names.lookup,
      timeout: 60_000,
      ...tlsOptions(trust),
    });
    this.#connects.set(key, connect);
    return connect;
  }
}

function tlsOptions(trust: TlsTrust | undefined): buildConnector.BuildOptions {
  if (trust === undefined) return {};
  const { ca, insecure } = trust;
  return {
    rejectUnauthorized: !insecure,
    // One context for all connections: their certificates are read once.
    ...(ca === undefined ? {} : { secureContext: createSecureContext({ ca }) }),
  };
}
