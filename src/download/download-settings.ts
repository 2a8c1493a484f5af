import { requestHeaders } from '../clients/request-headers.js';
import { toTlsTrust, type TlsTrust } from '../clients/tls-trust.js';
import type { DownloadLimits } from '../core/download.js';
import { UsageError } from '../core/errors.js';
import type { Bytes, Milliseconds } from '../core/units.js';
import { LONGEST_TIMER_MS } from './answer-deadline.js';
import type { DownloadOptions } from './download-options.js';

/** The options of a batch with their defaults, checked. */
export interface DownloadSettings {
  readonly dir: string;
  readonly limits: DownloadLimits;
  readonly headers: Readonly<Record<string, string>>;
  readonly trust: TlsTrust | undefined;
  readonly retries: number;
  readonly timeoutMs: Milliseconds;
  readonly stallMs: Milliseconds;
  /** For a file whose length is told. */
  readonly maxBytes: Bytes;
  /** For one whose length is not told: nothing but the disk would end an answer without end. */
  readonly maxUntoldBytes: Bytes;
  readonly overwrite: boolean;
  readonly checkpointMs: Milliseconds;
  readonly usesLibraryOnly: boolean;
}

const MAX_UNTOLD_BYTES: Bytes = 2 ** 30;

/**
 * The options with their defaults.
 *
 * @throws {UsageError} when one of them cannot be used.
 */
export function toDownloadSettings(options: DownloadOptions): DownloadSettings {
  const { maxBytes, bytesPerSecond } = options;
  if (maxBytes !== undefined) amount('maxBytes', maxBytes, Number.MAX_SAFE_INTEGER);
  if (bytesPerSecond !== undefined) amount('bytesPerSecond', bytesPerSecond, Number.MAX_VALUE);
  return {
    dir: options.dir ?? '.',
    limits: {
      concurrency: whole('concurrency', options.concurrency ?? 20, 1),
      perHost: whole('perHost', options.perHost ?? 20, 1),
      bytesPerSecond,
      durable: options.durable ?? true,
    },
    headers: downloadHeaders(options.headers ?? {}),
    trust: toTlsTrust(options.ca, options.insecure ?? false),
    retries: whole('retries', options.retries ?? 5, 0),
    timeoutMs: amount('timeoutMs', options.timeoutMs ?? 30_000, LONGEST_TIMER_MS),
    stallMs: amount('stallMs', options.stallMs ?? 20_000, LONGEST_TIMER_MS),
    maxBytes: maxBytes ?? Number.MAX_SAFE_INTEGER,
    maxUntoldBytes: maxBytes ?? MAX_UNTOLD_BYTES,
    overwrite: options.overwrite ?? false,
    checkpointMs: amount('checkpointMs', options.checkpointMs ?? 1000, LONGEST_TIMER_MS),
    usesLibraryOnly: options.transport === 'library',
  };
}

// These say which bytes come and how, which is for the download to say: its bytes would be others than it thinks.
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'accept-encoding',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'range',
]);

function downloadHeaders(given: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.keys(given).find((name) => OWN_HEADERS.has(name.toLowerCase()));
  if (own !== undefined) {
    throw new UsageError(
      `the header ${own} says which bytes come, which is for the download to say`,
    );
  }
  // Any kind of file is welcome; requestHeaders asks for JSON unless told.
  return requestHeaders(new URL('http://localhost'), undefined, { accept: '*/*', ...given });
}

function whole(name: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new UsageError(`${name}: expected a whole number of at least ${least}, got ${value}`);
}

function amount(name: string, value: number, most: number): number {
  if (value > 0 && value <= most) return value;
  throw new UsageError(`${name}: expected a number above 0 and at most ${most}, got ${value}`);
}
