import { UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import type { Bytes, Milliseconds } from '../core/units.js';
import { packageVersion } from '../core/version.js';

/** Where the practice server answers unless it was told otherwise. */
export const DEFAULT_URL = 'http://localhost:8080/say-hi';

const DEFAULT_TIMEOUT_MS: Milliseconds = 10_000;
const PATIENT_TIMEOUT_MS: Milliseconds = 60_000;
// The practice server works two seconds a call on these, and ten calls at once queue up behind one another on one of them.
const PATIENT_PATHS: ReadonlySet<string> = new Set(['/fast-run', '/slow-run', '/standard-run']);

// RFC 9110 section 5.6.2.
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

const MAX_ANSWER_BYTES: Bytes = 64 * 2 ** 20;

/** How one call is made. */
export interface CallOptions {
  /** `GET` unless said otherwise. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Limit for the whole call, connecting included: 10 s, or 60 s for the practice server's two-second routes. */
  readonly timeoutMs?: Milliseconds;
  /** Whether the answer is decoded as JSON (the default) or only read to its end. */
  readonly parse?: boolean;
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
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: Milliseconds;
  readonly parse: boolean;
  readonly maxAnswerBytes: Bytes;
}

/**
 * Checks an address and options once, before any call is made with them. A user name and password in the address become
 * an `Authorization` header (RFC 7617), so that they are printed nowhere.
 *
 * @throws {UsageError} when the address is not http or https, or an option cannot be used.
 */
export function toRequest(address: string, options: CallOptions = {}): HttpRequest {
  const url = parseAddress(address);
  const headers: Record<string, string> = {
    accept: 'application/json',
    'user-agent': userAgent(),
    ...authorization(url),
  };
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    headers[headerName(name)] = headerValue(name, value);
  }
  url.username = '';
  url.password = '';
  url.hash = '';
  return {
    url: url.href,
    origin: url.origin,
    path: url.pathname + url.search,
    method: method(options.method ?? 'GET'),
    headers,
    timeoutMs: timeout(options.timeoutMs ?? defaultTimeout(url)),
    parse: options.parse ?? true,
    maxAnswerBytes: MAX_ANSWER_BYTES,
  };
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

function parseAddress(address: string): URL {
  if (/^https?:\/\//i.test(address)) {
    try {
      return new URL(address);
    } catch {
      throw new UsageError(
        `expected a URL like http://localhost:8080/say-hi, got ${shown(address)}`,
      );
    }
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1];
  if (scheme !== undefined) {
    throw new UsageError(
      `expected a URL that begins with http:// or https://, got ${shown(address)}; ${scheme}:// is not supported`,
    );
  }
  throw new UsageError(
    `expected a URL that begins with http:// or https://, got ${shown(address)}; ` +
      `try ${quoted(`http://${address.replace(/^\/+/, 'localhost:8080/')}`)}`,
  );
}

// What stands before an @ may be a password.
function shown(address: string): string {
  return quoted(address.replace(/\/\/[^/]*@/, '//...@'));
}

function authorization(url: URL): Record<string, string> {
  if (url.username === '' && url.password === '') return {};
  const pair = `${decoded(url.username)}:${decoded(url.password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new UsageError(
      'expected a user name and password in the URL with every % written as %25 and every @ as %40',
    );
  }
}

function method(text: string): string {
  // A method is a token; CONNECT asks for a tunnel, which is not a call with an answer.
  if (TOKEN.test(text) && text.toUpperCase() !== 'CONNECT') {
    return text.toUpperCase();
  }
  throw new UsageError(`expected an HTTP method like GET or POST, got ${quoted(text)}`);
}

function headerName(name: string): string {
  if (!TOKEN.test(name)) {
    throw new UsageError(`expected a header name like Accept, got ${quoted(name)}`);
  }
  const lower = name.toLowerCase();
  if (!CONNECTION_HEADERS.has(lower)) return lower;
  throw new UsageError(
    `the header ${name} is about the connection, which is not for the caller to say`,
  );
}

function headerValue(name: string, value: string): string {
  // RFC 9110 section 5.5: no line break or other control character, or one header could smuggle in another.
  if (/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value)) return value;
  throw new UsageError(
    `expected printable characters and no line break in the value of header ${name}`,
  );
}

function timeout(timeoutMs: Milliseconds): Milliseconds {
  // Node's timers take at most 2^31 - 1 ms and fire at once beyond.
  if (timeoutMs > 0 && timeoutMs <= 2 ** 31 - 1) return timeoutMs;
  throw new UsageError(`expected a timeout above 0 and below 24 days, got ${timeoutMs} ms`);
}

function defaultTimeout(url: URL): Milliseconds {
  return PATIENT_PATHS.has(url.pathname) ? PATIENT_TIMEOUT_MS : DEFAULT_TIMEOUT_MS;
}

let agentName: string | undefined;

function userAgent(): string {
  agentName ??= `lwasync/${packageVersion()}`;
  return agentName;
}
