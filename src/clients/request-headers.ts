import { UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import { packageVersion } from '../core/version.js';
import { authorization } from './call-address.js';
import { contentTypeOf } from './request-body.js';

/** A token, RFC 9110 section 5.6.2. */
export const TOKEN: RegExp = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The headers of a request, their names in small letters: our own, then `given`, which may replace them.
 *
 * @throws {UsageError} when one of them is no header, or not for the caller to say.
 */
export function requestHeaders(
  url: URL,
  body: Uint8Array | undefined,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'user-agent': userAgent(),
    ...authorization(url),
  };
  if (body !== undefined) headers['content-type'] = contentTypeOf(body);
  for (const [name, value] of Object.entries(given)) {
    headers[headerName(name)] = headerValue(name, value);
  }
  return headers;
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

let agentName: string | undefined;

function userAgent(): string {
  agentName ??= `lwasync/${packageVersion()}`;
  return agentName;
}
