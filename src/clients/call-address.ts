import { UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';

/**
 * The address of a call.
 *
 * @throws {UsageError} when it is not that of an http or https server; what may be a password in it is not shown.
 */
export function parseAddress(address: string): URL {
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

/**
 * The user name and password of an address as the header they are sent as (RFC 7617).
 *
 * @throws {UsageError} when they hold a % that encodes nothing.
 */
export function authorization(url: URL): Record<string, string> {
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

const LONGEST_SHOWN = 120;

/** An address that a server named, fit for a sentence: what may be secret in it, credentials and query, is not shown. */
export function shownUrl({ origin, pathname, search }: URL): string {
  const text = `${origin}${pathname}`;
  if (text.length > LONGEST_SHOWN) return `${text.slice(0, LONGEST_SHOWN)}...`;
  return search === '' ? text : `${text}?...`;
}
