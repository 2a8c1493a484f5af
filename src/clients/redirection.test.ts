import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallFault } from './call-errors.js';
import { toRequest, type CallOptions } from './call-options.js';
import { isRedirect, Redirection, requestAfter } from './redirection.js';

const FROM = 'https://one.example/path/page?q=1';

function after(status: number, location: string | undefined, options: CallOptions = {}) {
  return requestAfter(
    toRequest(FROM, { follow: 10, ...options }),
    new Redirection(status, location),
  );
}

function refusalOf(location: string | undefined): CallFault {
  try {
    after(302, location);
  } catch (error) {
    if (error instanceof CallFault) return error;
    throw error;
  }
  return expect.fail('expected a refusal');
}

describe('the request after a redirect', () => {
  it.each([
    ['/there', 'https://one.example/there'],
    ['there?x=2', 'https://one.example/path/there?x=2'],
    ['?x=2', 'https://one.example/path/page?x=2'],
    ['//two.example', 'https://two.example/'],
    ['https://two.example:8443/a#part', 'https://two.example:8443/a'],
    ['', FROM],
  ])('goes to %j as seen from the first', (location, url) => {
    const next = after(307, location);
    expect(next.url).toBe(url);
    expect(next.origin + next.path).toBe(url.replace(/:443(?=\/)/, ''));
    expect(next.first?.url).toBe(FROM);
  });

  // RFC 9110 section 15.4.2 to 15.4.9.
  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [301, 'PUT', 'PUT'],
    [302, 'DELETE', 'DELETE'],
    [301, 'HEAD', 'HEAD'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
  ])(
    'after %d and a %s is a %s, and has a body only where nothing changes',
    (status, old, method) => {
      const next = after(status, '/', { method: old, body: 'x', headers: { 'X-A': 'b' } });
      expect(next.method).toBe(method);
      expect(next.headers['x-a']).toBe('b');
      const hasBody = method === old;
      expect(next.body !== undefined).toBe(hasBody);
      expect('content-type' in next.headers).toBe(hasBody);
    },
  );

  it.each(['https://two.example/', 'https://one.example:444/', 'https://www.one.example/'])(
    'takes no credentials, cookies or host name along to %s',
    (location) => {
      const headers = {
        Authorization: 'Bearer hunter2',
        Cookie: 'id=hunter2',
        'Proxy-Authorization': 'hunter2',
        Host: 'one',
        'X-A': 'b',
      };
      const next = after(308, location, { headers });
      expect(JSON.stringify(next.headers)).not.toContain('hunter2');
      expect(next.headers).toMatchObject({ 'x-a': 'b' });
      expect(next.headers).not.toHaveProperty('host');
      const same = after(308, '/other', { headers });
      expect(same.headers).toMatchObject({ authorization: 'Bearer hunter2', host: 'one' });
    },
  );

  it.each([
    [undefined, 'it has no Location'],
    ['http://one.example/', 'it leads from https to http (http://one.example/)'],
    ['ftp://one.example/', 'its Location is no http or https address'],
    ['https://', 'its Location is no http or https address'],
    ['javascript:alert(1)', 'its Location is no http or https address'],
    ['https://user:hunter2@one.example/', 'there is a user name or password in its Location'],
  ])('is refused when the Location is %j', (location, detail) => {
    expect(refusalOf(location)).toMatchObject({ code: 'REDIRECT', status: 302, detail });
  });

  it('goes from http to https, and uses other connections with another trust', () => {
    const plain = toRequest('http://one.example/', { follow: 1, insecure: true });
    const secure = requestAfter(plain, new Redirection(301, 'https://one.example/'));
    expect(secure.origin).toBe('https://one.example');
    expect(plain.pool).toBe('http://one.example');
    expect(secure.pool).not.toBe(secure.origin);
  });

  it('is an http or https address without credentials, whatever the Location, or a refusal', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (location) => {
        try {
          const url = new URL(after(302, location).url);
          expect(url.protocol).toBe('https:');
          expect(url.username + url.password + url.hash).toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(CallFault);
        }
      }),
    );
  });
});

it('300 and 304 are no redirects to follow', () => {
  const redirects = Array.from({ length: 100 }, (_, offset) => 300 + offset).filter(isRedirect);
  expect(redirects).toEqual([301, 302, 303, 307, 308]);
});
