import type { Checksum } from '../core/download.js';
import type { Bytes, Milliseconds } from '../core/units.js';

/** Something to download. */
export interface DownloadItem {
  /** http or https; a user name and password in it are sent as `Authorization`. */
  readonly url: string;
  /** The name of the file in the folder; without one it is made of the last part of the address. */
  readonly name?: string | undefined;
  /** What its bytes must add up to. */
  readonly checksum?: Checksum | undefined;
}

/** How a batch is downloaded; what is left out or `undefined` takes its default. */
export interface DownloadOptions {
  /** The folder for the files, made where it is missing; default the current one. */
  readonly dir?: string | undefined;
  /** Most files in flight at once; default 20. */
  readonly concurrency?: number | undefined;
  /** Most of them from one host; default 20. */
  readonly perHost?: number | undefined;
  /** Bytes a second of all together; default as many as come. */
  readonly bytesPerSecond?: Bytes | undefined;
  /** Headers for every request; those that carry credentials are not told to another origin. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** PEM text of the certificate authorities that https connections trust, in place of Node's. */
  readonly ca?: string | undefined;
  /** Whether https connections accept any certificate; default no. */
  readonly insecure?: boolean | undefined;
  /** Requests in a row that may bring no new byte, beside the first; default 5. */
  readonly retries?: number | undefined;
  /** How long a connection and the header of an answer may take; default 30 s. */
  readonly timeoutMs?: Milliseconds | undefined;
  /** A connection that brings less than 1 kB in this time is given up; default 20 s. */
  readonly stallMs?: Milliseconds | undefined;
  /** Largest file that is accepted; default no limit for a file whose length is told, 1 GiB for others. */
  readonly maxBytes?: Bytes | undefined;
  /** Whether a file that is there under the final name is replaced; default no. */
  readonly overwrite?: boolean | undefined;
  /** Whether a file is on the disk (`fsync`), and not only on its way there, when it is called done; default yes. */
  readonly durable?: boolean | undefined;
  /** How often it is noted what is on the disk, to go on from there; default 1 s. */
  readonly checkpointMs?: Milliseconds | undefined;
  /** `library` makes all requests with undici, `auto` those of plain http with our own reader of sockets; default `auto`. */
  readonly transport?: 'auto' | 'library' | undefined;
  /** Ends the batch: what has begun can be resumed. */
  readonly signal?: AbortSignal | undefined;
}
