import { shownUrl } from './call-address.js';
import { CallFault } from './call-errors.js';
import { placeOf, type HttpRequest } from './call-options.js';

// RFC 9110 section 15.4: those whose Location is where to go on. 300 is a choice, 304 is about a cache.
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Whether an answer of this status redirects. */
export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/** An answer that redirects, thrown where it is to be followed. */
export class Redirection extends Error {
  readonly status: number;
  readonly location: string | undefined;

  constructor(status: number, location: string | undefined) {
    super(`status ${status}`);
    this.status = status;
    this.location = location;
  }
}

/** The address that a `Location` means, relative to that of the request; `undefined` when it is not http or https. */
export function targetOf(location: string, base: string): URL | undefined {
  if (!URL.canParse(location, base)) return undefined;
  const target = new URL(location, base);
  // A fragment is for whoever shows the answer.
  target.hash = '';
  return target.protocol === 'http:' || target.protocol === 'https:' ? target : undefined;
}

/**
 * The request that follows an answer that redirects (RFC 9110 section 15.4): 303 asks for a GET, and so in practice do 301
 * and 302 after a POST; 307 and 308 repeat the request. Another origin is told no credentials and no cookies.
 *
 * @throws {CallFault} `REDIRECT` when there is no address to go to, or it may not be gone to.
 */
export function requestAfter(request: HttpRequest, { status, location }: Redirection): HttpRequest {
  const fault = (detail: string): CallFault => new CallFault('REDIRECT', status, undefined, detail);
  if (location === undefined) throw fault('it has no Location');
  const target = targetOf(location, request.url);
  if (target === undefined) throw fault('its Location is no http or https address');
  if (target.username !== '' || target.password !== '') {
    throw fault('there is a user name or password in its Location');
  }
  if (request.origin.startsWith('https:') && target.protocol === 'http:') {
    throw fault(`it leads from https to http (${shownUrl(target)})`);
  }
  const becomesGet =
    (status === 303 && request.method !== 'HEAD') || (status < 303 && request.method === 'POST');
  const isElsewhere = target.origin !== request.origin;
  const headers = Object.entries(request.headers).filter(
    ([name]) =>
      !(isElsewhere && OF_ONE_ORIGIN.has(name)) && !(becomesGet && name.startsWith('content-')),
  );
  return {
    ...request,
    ...placeOf(target, request.trust),
    ...(becomesGet ? { method: 'GET', body: undefined } : {}),
    headers: Object.fromEntries(headers),
    first: request.first ?? request,
  };
}

const OF_ONE_ORIGIN: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'host',
  'proxy-authorization',
]);
