import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENTS_OF_NODE, failureOf } from '../../test/support/every-client.js';
import { startFaultServer, type FaultServer } from '../../test/support/fault-server.js';
import { UsageError } from '../core/errors.js';
import * as asynchronous from './asynchronous.js';
import * as onLoop from './on-loop.js';

let server: FaultServer;
let other: FaultServer;
beforeAll(async () => {
  [server, other] = await Promise.all([startFaultServer(), startFaultServer()]);
});
afterAll(() => Promise.all([server.close(), other.close()]));

function redirect(status: number, location: string): string {
  return `${server.url}/with?status=${status}&Location=${encodeURIComponent(location)}`;
}

describe.each(Object.entries(CLIENTS_OF_NODE))('redirects and the %s client', (_name, client) => {
  it('are followed when asked, all calls each on its own', async () => {
    const answers = await client.many(3, `${server.url}/hops?3`, { follow: 3 });
    expect(answers).toMatchObject([1, 2, 3].map(() => ({ query: 'arrived', method: 'GET' })));
  });

  it.each([
    [303, 'GET', ''],
    [302, 'GET', ''],
    [307, 'POST', '{"a":1}'],
    [308, 'POST', '{"a":1}'],
  ])('of status %d make a %s of a POST', async (status, method, body) => {
    const options = { follow: 1, body: '{"a":1}' };
    expect(await client.one(redirect(status, '/echo'), options)).toMatchObject({ method, body });
  });

  it('to another server tell it no credentials', async () => {
    const url = redirect(307, `${other.url}/echo`).replace('http://', 'http://user:hunter2@');
    const answer = await client.one(url, { follow: 1, headers: { Cookie: 'id=hunter2' } });
    expect(answer).toMatchObject({ headers: { host: new URL(other.url).host } });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    const same = await client.one(redirect(307, '/echo'), {
      follow: 1,
      headers: { Cookie: 'id=1' },
    });
    expect(same).toMatchObject({ headers: { cookie: 'id=1' } });
  });

  it('are not followed when their status was expected', async () => {
    const options = { follow: 10, expectStatus: '2xx,302' };
    expect(await client.one(redirect(302, '/404'), options)).toEqual({ status: '302' });
  });

  it('that are too many are a failure that says how to allow more', async () => {
    const error = await failureOf(client.one(`${server.url}/hops?5`, { follow: 2 }));
    expect(error).toMatchObject({ code: 'REDIRECT', status: 302, url: `${server.url}/hops?5` });
    expect(String(error)).toContain(
      `GET ${server.url}/hops?5, redirected to ${server.url}/hops?...: the redirect (status 302) ` +
        'cannot be followed: 2 have been followed already; --follow allows up to 100',
    );
  });

  it.each(['/circle?there', '/with?status=302&Location='])(
    'that lead in a circle from %s are a failure',
    async (path) => {
      const error = await failureOf(client.one(server.url + path, { follow: 10 }));
      expect(error).toMatchObject({ code: 'REDIRECT', status: 302 });
      expect(String(error)).toContain(
        'cannot be followed: it leads back to where this call has been',
      );
    },
  );

  it('without a Location are a failure', async () => {
    const error = await failureOf(client.one(`${server.url}/with?status=302`, { follow: 1 }));
    expect(error).toMatchObject({ code: 'REDIRECT', status: 302 });
    expect(String(error)).toContain('cannot be followed: it has no Location');
  });

  it('to a call that fails name both addresses', async () => {
    const url = redirect(302, '/500?token=hunter2');
    const error = await failureOf(client.one(url, { follow: 1 }));
    expect(error).toMatchObject({ code: 'HTTP_STATUS', status: 500, url });
    expect(String(error)).toContain(
      `, redirected to ${server.url}/500?...: the server answered with status 500`,
    );
  });

  it('share one time limit', async () => {
    // Each of the eleven answers takes 40 ms.
    const url = `${server.url}/slow-hops?10`;
    const error = await failureOf(client.one(url, { follow: 10, timeoutMs: 150 }));
    expect(error).toMatchObject({ code: 'TIMEOUT', url });
    expect(String(error)).toContain('no complete answer within 150 ms');
  });

  it.each([-1, 1.5, 101, Number.NaN])('cannot be %d', async (follow) => {
    expect(await failureOf(client.one(server.url, { follow }))).toBeInstanceOf(UsageError);
  });
});

it('a call that is given up between two redirects goes no further', async () => {
  const controller = new AbortController();
  const call = asynchronous.makeOneCall(redirect(302, '/nothing'), {
    follow: 1,
    signal: controller.signal,
  });
  controller.abort();
  expect(await failureOf(call)).toMatchObject({ code: 'ABORTED' });
});

it('our own event loop refuses to follow redirects and names the modes that do', async () => {
  const error = await failureOf(onLoop.makeOneCall(`${server.url}/hops?1`, { follow: 1 }));
  expect(error).toBeInstanceOf(UsageError);
  expect(String(error)).toContain('follows no redirects; the modes on Node');
});
