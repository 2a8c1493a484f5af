import type { Bytes, Milliseconds } from '../core/units.js';
import type { DownloadOptions } from '../download/download-options.js';
import type { ItemOptions } from './download-items.js';
import { readTrust, type TrustOptions } from './request-options.js';

/** The options of `lwasync download`, as they were parsed. */
export interface DownloadCommandOptions extends ItemOptions, TrustOptions {
  readonly dir?: string;
  readonly concurrency: number;
  readonly perHost: number;
  readonly limitRate?: Bytes;
  readonly header?: Readonly<Record<string, string>>;
  readonly retries: number;
  readonly timeout: Milliseconds;
  readonly stall: Milliseconds;
  readonly maxSize?: Bytes;
  readonly overwrite?: boolean;
  readonly fsync: boolean;
  readonly output?: readonly string[];
  readonly json?: boolean;
  /** Whether they are downloaded in several ways and compared. */
  readonly compare?: boolean;
  /** Exactly so many rounds of a comparison. */
  readonly rounds?: number;
}

/**
 * How a batch is downloaded.
 *
 * @throws {UsageError} when the file of a certificate authority cannot be used.
 */
export async function toDownloadOptions(options: DownloadCommandOptions): Promise<DownloadOptions> {
  const { dir, concurrency, perHost, retries, overwrite } = options;
  return {
    dir,
    concurrency,
    perHost,
    bytesPerSecond: options.limitRate,
    headers: options.header,
    ...(await readTrust(options)),
    retries,
    timeoutMs: options.timeout,
    stallMs: options.stall,
    maxBytes: options.maxSize,
    overwrite,
    durable: options.fsync,
  };
}
