import { UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import type { Bytes, Milliseconds } from '../core/units.js';
import { parseAddress } from './call-address.js';
import { parseExpectedStatus, SUCCESS, type StatusRange } from './expected-status.js';
import { MOST_REDIRECTS } from './redirect-limits.js';
import { bodyBytes } from './request-body.js';
import { requestHeaders, TOKEN } from './request-headers.js';
import { toTlsTrust, type TlsTrust } from './tls-trust.js';

/** Where the practice server answers unless it was told otherwise. */
export const DEFAULT_URL = 'http://localhost:8080/say-hi';

const DEFAULT_TIMEOUT_MS: Milliseconds = 10_000;
const PATIENT_TIMEOUT_MS: Milliseconds = 60_000;
// The practice server works two seconds a call on these, and ten calls at once queue up behind one another on one of them.
const PATIENT_PATHS: ReadonlySet<string> = new Set(['/fast-run', '/slow-run', '/standard-run']);

const MAX_ANSWER_BYTES: Bytes = 64 * 2 ** 20;

/** How one call is made. */
export interface CallOptions {
  /** `GET` unless said otherwise, `POST` with a body. */
  readonly method?: string;
  /** Said to be JSON where it is JSON, otherwise text, or bytes where it is no UTF-8, unless `headers` has a `Content-Type`. */
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Limit for the whole call, connecting included: 10 s, or 60 s for the practice server's two-second routes. */
  readonly timeoutMs?: Milliseconds;
  /** Whether the answer is decoded as JSON (the default) or only read to its end. */
  readonly parse?: boolean;
  /** Statuses that count as success, like `'2xx'` or `'200,404'`; `'200-299'` unless said otherwise. */
  readonly expectStatus?: string;
  /** How many redirects of one call are followed at most; 0 unless said otherwise. */
  readonly follow?: number;
  /** Whether connections are used again (the default) or closed after each call. */
  readonly keepAlive?: boolean;
  /** PEM text of the certificate authorities that https connections trust, in place of Node's. */
  readonly ca?: string;
  /** Whether https connections accept any certificate; default no. */
  readonly insecure?: boolean;
}

/** How many calls are made: as one call, and how many of them may be in flight at once. */
export interface ManyCallsOptions extends CallOptions {
  /** Most calls in flight at once; all of them unless said otherwise. */
  readonly concurrency?: number;
}

/** A request that was checked, as plain data that can be sent to another thread. */
export interface HttpRequest {
  /** The address without credentials, fit for printing. */
  readonly url: string;
  readonly origin: string;
  /** Calls with the same may use each other's connections: the origin, and whom https trusts. */
  readonly pool: string;
  readonly path: string;
  readonly method: string;
  readonly body: Uint8Array | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: Milliseconds;
  readonly parse: boolean;
  readonly maxAnswerBytes: Bytes;
  readonly expected: readonly StatusRange[];
  /** How many redirects are followed. */
  readonly follow: number;
  /** The request that was made first, where this one is made because of a redirect. */
  readonly first: HttpRequest | undefined;
  readonly keepAlive: boolean;
  readonly trust: TlsTrust | undefined;
}

/**
 * Checks an address and options once, before any call is made with them. A user name and password in the address become
 * an `Authorization` header (RFC 7617), so that they are printed nowhere.
 *
 * @throws {UsageError} when the address is not http or https, or an option cannot be used.
 */
export function toRequest(address: string, options: CallOptions = {}): HttpRequest {
  const url = parseAddress(address);
  const body = options.body === undefined ? undefined : bodyBytes(options.body);
  const headers = requestHeaders(url, body, options.headers ?? {});
  url.username = '';
  url.password = '';
  url.hash = '';
  const trust = toTlsTrust(options.ca, options.insecure ?? false);
  return {
    ...placeOf(url, trust),
    method: method(options.method ?? (body === undefined ? 'GET' : 'POST')),
    body,
    headers,
    timeoutMs: timeout(options.timeoutMs ?? defaultTimeout(url)),
    parse: options.parse ?? true,
    maxAnswerBytes: MAX_ANSWER_BYTES,
    expected:
      options.expectStatus === undefined ? SUCCESS : parseExpectedStatus(options.expectStatus),
    follow: redirects(options.follow ?? 0),
    first: undefined,
    keepAlive: options.keepAlive ?? true,
    trust,
  };
}

/** Where a request goes: those fields of it that its address says. */
export function placeOf(
  url: URL,
  trust: TlsTrust | undefined,
): Pick<HttpRequest, 'url' | 'origin' | 'pool' | 'path'> {
  const { href, origin } = url;
  const pool = trust === undefined || url.protocol === 'http:' ? origin : `${origin} ${trust.key}`;
  return { url: href, origin, pool, path: url.pathname + url.search };
}

/**
 * Checks how many calls were asked for.
 *
 * @throws {UsageError} when it is not a whole number of at least 1.
 */
export function toNumberOfCalls(number: number): number {
  if (Number.isInteger(number) && number >= 1) return number;
  throw new UsageError(`expected a whole number of calls of at least 1, got ${number}`);
}

function method(text: string): string {
  // A method is a token; CONNECT asks for a tunnel, which is not a call with an answer.
  if (TOKEN.test(text) && text.toUpperCase() !== 'CONNECT') {
    return text.toUpperCase();
  }
  throw new UsageError(`expected an HTTP method like GET or POST, got ${quoted(text)}`);
}

function timeout(timeoutMs: Milliseconds): Milliseconds {
  // Node's timers take at most 2^31 - 1 ms and fire at once beyond.
  if (timeoutMs > 0 && timeoutMs <= 2 ** 31 - 1) return timeoutMs;
  throw new UsageError(`expected a timeout above 0 and below 24 days, got ${timeoutMs} ms`);
}

function redirects(number: number): number {
  if (Number.isInteger(number) && number >= 0 && number <= MOST_REDIRECTS) return number;
  throw new UsageError(`expected to follow 0 to ${MOST_REDIRECTS} redirects, got ${number}`);
}

function defaultTimeout(url: URL): Milliseconds {
  return PATIENT_PATHS.has(url.pathname) ? PATIENT_TIMEOUT_MS : DEFAULT_TIMEOUT_MS;
}
