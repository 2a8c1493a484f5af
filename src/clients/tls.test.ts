import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENTS_OF_NODE, failureOf } from '../../test/support/every-client.js';
import {
  CERTIFICATE_FILE,
  startFaultServer,
  startSecureFaultServer,
  type FaultServer,
} from '../../test/support/fault-server.js';
import { UsageError } from '../core/errors.js';

const ca = readFileSync(CERTIFICATE_FILE, 'utf8');

let server: FaultServer;
let plain: FaultServer;
let url: string;
beforeAll(async () => {
  [server, plain] = await Promise.all([startSecureFaultServer(), startFaultServer()]);
  url = `${server.url}/order?x`;
});
afterAll(() => Promise.all([server.close(), plain.close()]));

describe.each(Object.entries(CLIENTS_OF_NODE))('https and the %s client', (_name, client) => {
  it('trusts no certificate that signs itself, and says what would', async () => {
    const error = await failureOf(client.one(url));
    expect(error).toMatchObject({ code: 'TLS', url });
    expect(String(error)).toContain(
      'no secure connection (self-signed certificate); ' +
        '--ca FILE trusts the authority that signed it, --insecure accepts any certificate',
    );
  });

  it('trusts the authority it is given, on connections that are used again', async () => {
    const answers = await client.many(3, url, { ca });
    expect(answers).toEqual([1, 2, 3].map(() => ({ order: 'x' })));
  });

  it('accepts any certificate when told so, and only then', async () => {
    expect(await client.one(url, { insecure: true })).toEqual({ order: 'x' });
    expect(await client.one(url, { ca })).toEqual({ order: 'x' });
    // Neither their connections nor their sessions serve a call that trusts less.
    expect(await failureOf(client.one(url))).toMatchObject({ code: 'TLS' });
  });

  it('accepts no certificate of another name', async () => {
    const elsewhere = url.replace('127.0.0.1', 'localhost');
    const error = await failureOf(client.one(elsewhere, { ca }));
    expect(error).toMatchObject({ code: 'TLS' });
    expect(String(error)).toMatch(/localhost.*; --insecure accepts any certificate$/);
    expect(await client.one(elsewhere, { ca, insecure: true })).toEqual({ order: 'x' });
  });

  it('asks whether a server that speaks http speaks https', async () => {
    const error = await failureOf(client.one(plain.url.replace('http:', 'https:')));
    expect(error).toMatchObject({ code: 'TLS' });
    expect(String(error)).toMatch(
      /no secure connection \([a-z ]+\); does the server speak https on this port\?$/,
    );
  });

  it('sends bodies and closes connections as over http', async () => {
    const options = { ca, body: '{"a":1}', keepAlive: false };
    expect(await client.one(`${server.url}/echo`, options)).toMatchObject({
      body: '{"a":1}',
      headers: { connection: 'close' },
    });
  });

  it('is never left for http by a redirect, and reached by one', async () => {
    const down = `${server.url}/with?status=302&Location=${plain.url}/ok`;
    const error = await failureOf(client.one(down, { ca, follow: 1 }));
    expect(error).toMatchObject({ code: 'REDIRECT', status: 302 });
    expect(String(error)).toContain(`it leads from https to http (${plain.url}/ok)`);
    const up = `${plain.url}/with?status=302&Location=${server.url}/echo`;
    expect(await client.one(up, { ca, follow: 1 })).toMatchObject({ method: 'GET' });
  });

  it.each([
    ['', 'begins with -----BEGIN CERTIFICATE-----'],
    ['no certificate', 'begins with -----BEGIN CERTIFICATE-----'],
    [ca.replace(/^MII/m, 'AAA'), 'cannot be read'],
  ])('refuses an authority like %j', async (text, part) => {
    const error = await failureOf(client.one(url, { ca: text }));
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(part);
  });
});
