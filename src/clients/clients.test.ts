import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocking, EVERY_CLIENT, failureOf } from '../../test/support/every-client.js';
import {
  startDeafServer,
  startFaultServer,
  type FaultServer,
} from '../../test/support/fault-server.js';
import { CallError, CallsFailedError } from '../core/call-error.js';
import { UsageError } from '../core/errors.js';
import * as asynchronous from './asynchronous.js';
import { EventLoop } from '../loop/event-loop.js';
import { sleep } from '../loop/tasks/sleep.js';
import * as onLoop from './on-loop.js';
import * as synchronous from './synchronous.js';

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

describe.each(Object.entries(EVERY_CLIENT))('the %s client', (_name, client) => {
  it('returns the decoded answer of one call', async () => {
    expect(await client.one(`${server.url}/ok`)).toMatchObject({ path: '/ok' });
  });

  it('returns the answers of many calls in call order', async () => {
    const answers = await client.many(5, `${server.url}/order?same`);
    expect(answers).toEqual(Array.from({ length: 5 }, () => ({ order: 'same' })));
  });

  it.each([
    ['/chunked', { a: 42 }],
    ['/until-close', { closed: true }],
    ['/no-content', null],
  ])('understands an answer like %s', async (path, expected) => {
    expect(await client.one(server.url + path)).toEqual(expected);
  });

  it.each([
    ['/500', 'HTTP_STATUS', 500],
    ['/404', 'HTTP_STATUS', 404],
    ['/redirect', 'HTTP_STATUS', 302],
    ['/html', 'NOT_JSON', 200],
    ['/half', 'CONNECTION_CLOSED', undefined],
    ['/half-chunk', 'CONNECTION_CLOSED', undefined],
    ['/garbage', 'MALFORMED_ANSWER', undefined],
    ['/endless-header', 'MALFORMED_ANSWER', undefined],
    ['/negative-length', 'MALFORMED_ANSWER', undefined],
    ['/chunk-overflow', 'MALFORMED_ANSWER', undefined],
    ['/space-before-colon', 'MALFORMED_ANSWER', undefined],
    ['/close', 'CONNECTION_CLOSED', undefined],
    ['/reset', 'CONNECTION_RESET', undefined],
    ['/nothing', 'TIMEOUT', undefined],
    ['/drip', 'TIMEOUT', undefined],
    ['/drip-header', 'TIMEOUT', undefined],
    ['/endless', 'ANSWER_TOO_LARGE', undefined],
  ])('fails with a kind and a sentence on %s', async (path, code, status) => {
    const url = server.url + path;
    const timeoutMs = code === 'TIMEOUT' ? 50 : 10_000;
    const error = await failureOf(client.one(url, { timeoutMs }));
    expect(error).toBeInstanceOf(CallError);
    expect(error).toMatchObject({ code, url, index: 0 });
    if (status !== undefined) expect(error).toMatchObject({ status });
    expect(String(error)).toContain(`GET ${url}: `);
  });

  it('names a port on which nothing listens', async () => {
    const url = `http://127.0.0.1:${await unusedPort()}/`;
    const error = await failureOf(client.one(url));
    expect(error).toMatchObject({ code: 'CONNECTION_REFUSED', url });
    expect(error).toHaveProperty('cause');
  });

  it('names a host name that has no address', async () => {
    const error = await failureOf(client.one('http://no-such-host.invalid/'));
    expect(error).toMatchObject({ code: 'NAME_NOT_RESOLVED' });
  });

  it('lets the other calls go on when one fails, and lists the failed ones by kind', async () => {
    const error = await failureOf(client.many(3, `${server.url}/500`));
    expect(error).toBeInstanceOf(CallsFailedError);
    expect(error).toMatchObject({ answers: [undefined, undefined, undefined] });
    expect((error as CallsFailedError).errors.map((failed) => failed.index)).toEqual([0, 1, 2]);
    expect(String(error)).toContain('3 of 3 calls failed: 3 × HTTP_STATUS');
  });

  it('sends the method and the headers it was given, and credentials as a header', async () => {
    const url = server.url.replace('http://', 'http://user:p%40ss@');
    const answer = await client.one(`${url}/ok`, { headers: { 'X-One': 'two' } });
    const authorization = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
    expect(answer).toMatchObject({ headers: { 'x-one': 'two', authorization } });
  });

  it('never shows credentials in an error', async () => {
    const url = server.url.replace('http://', 'http://user:secret@');
    const error = await failureOf(client.one(`${url}/500`));
    expect(JSON.stringify(error) + String(error)).not.toContain('secret');
  });

  it('accepts any answer when it is not to be decoded', async () => {
    expect(await client.one(`${server.url}/html`, { parse: false })).toBeUndefined();
  });

  it.each([
    ['localhost:8080/say-hi', 'http://localhost:8080/say-hi'],
    ['ftp://localhost/', 'ftp:// is not supported'],
    ['http://', 'expected a URL'],
    ['', 'expected a URL'],
  ])('refuses the address %j with a sentence that helps', async (address, part) => {
    const error = await failureOf(client.one(address));
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(part);
  });

  it.each([
    ['http://a%zz@localhost/', '%25'],
    ['http://user:secret@localhost:99999/', '//...@'],
  ])('refuses the credentials in %j without showing them', async (address, part) => {
    const error = await failureOf(client.one(address));
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(part);
    expect(String(error)).not.toContain('secret');
  });

  it.each([
    [{ headers: { 'Transfer-Encoding': 'chunked' } }, 'about the connection'],
    [{ method: 'GET /' }, 'method'],
    [{ headers: { 'x y': '' } }, 'header name'],
    [{ headers: { x: 'a\r\nb: c' } }, 'line break'],
    [{ timeoutMs: 0 }, 'timeout'],
    [{ timeoutMs: Number.NaN }, 'timeout'],
  ])('refuses the options %j', async (options, part) => {
    const error = await failureOf(client.one(server.url, options));
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(part);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses to make %d calls', async (n) => {
    expect(await failureOf(client.many(n, server.url))).toBeInstanceOf(UsageError);
  });
});

describe('the synchronous client', () => {
  it('the synchronous client returns a value, and nothing else runs on its thread meanwhile', () => {
    let ran = false;
    queueMicrotask(() => {
      ran = true;
    });
    setImmediate(() => {
      ran = true;
    });
    const answer = synchronous.makeOneCall(`${server.url}/ok`);
    expect(answer).not.toBeInstanceOf(Promise);
    expect(answer).toMatchObject({ path: '/ok' });
    expect(ran).toBe(false);
  });

  it('the synchronous client makes its calls on one connection', async () => {
    const before = await seen();
    synchronous.makeManyCalls(5, `${server.url}/ok`);
    const after = await seen();
    expect(after.connections - before.connections).toBe(1);
    expect(after.calls - before.calls).toBe(5);
  });

  it('the synchronous client uses a connection as often as the server allows, and then a new one', async () => {
    const before = await seen();
    synchronous.makeManyCalls(30, `${server.url}/three`);
    expect((await seen()).connections - before.connections).toBe(10);
  });
});

describe.each([
  ['', asynchronous],
  [', on our own loop', onLoop],
])('the asynchronous client%s', (_name, client) => {
  it('has as many calls in flight as it makes', async () => {
    const answers = await client.makeManyCalls(7, `${server.url}/together?7`);
    expect(answers).toEqual(Array.from({ length: 7 }, () => ({ together: 7 })));
  });

  it('keeps to its limit and uses its connections again', async () => {
    const before = await seen();
    await client.makeManyCalls(12, `${server.url}/together?3`, { concurrency: 3 });
    expect((await seen()).connections - before.connections).toBe(3);
  });

  it('uses a connection as often as the server allows, and then a new one', async () => {
    const before = await seen();
    await client.makeManyCalls(30, `${server.url}/three`, { concurrency: 1 });
    expect((await seen()).connections - before.connections).toBe(10);
  });

  it('a host that accepts no connection takes no place from others once its calls are given up', async () => {
    const deaf = await startDeafServer();
    const dead = Array.from({ length: 300 }, () =>
      failureOf(client.makeOneCall(deaf.url, { timeoutMs: 50 })),
    );
    for (const error of await Promise.all(dead)) expect(error).toMatchObject({ code: 'TIMEOUT' });
    expect(await client.makeOneCall(`${server.url}/ok`)).toMatchObject({ path: '/ok' });
    await deaf.close();
  });

  it('begins no call when its signal has fired already, and keeps nothing of a signal', async () => {
    const before = await seen();
    const signal = AbortSignal.abort();
    const error = await failureOf(client.makeManyCalls(5, `${server.url}/ok`, { signal }));
    expect(error).toBeInstanceOf(CallsFailedError);
    const after = await seen();
    expect([after.calls, after.connections]).toEqual([before.calls, before.connections]);
  });

  it('gives up when its signal fires, calls that wait included', async () => {
    const controller = new AbortController();
    const calls = client.makeManyCalls(6, `${server.url}/nothing`, {
      concurrency: 2,
      signal: controller.signal,
    });
    controller.abort();
    const error = await failureOf(calls);
    expect(error).toBeInstanceOf(CallsFailedError);
    expect((error as CallsFailedError).errors.map(({ code }) => code)).toEqual(
      Array.from({ length: 6 }, () => 'ABORTED'),
    );
  });
});

describe('the client on our own loop', () => {
  it('makes calls that are begun at the same time together, and calls after one another too', async () => {
    const url = `${server.url}/together?5`;
    const together = Array.from({ length: 5 }, () => onLoop.makeOneCall(url));
    expect(await Promise.all(together)).toEqual(Array.from({ length: 5 }, () => ({ together: 5 })));
    for (let count = 0; count < 3; count += 1) {
      expect(await onLoop.makeOneCall(`${server.url}/ok`)).toMatchObject({ path: '/ok' });
    }
  });

  it.each([
    ['/two-lengths', 'content-length'],
    ['/length-and-chunks', 'transfer-encoding'],
  ])('says what is wrong with an answer like %s', async (path, part) => {
    const error = await failureOf(onLoop.makeOneCall(server.url + path));
    expect(error).toMatchObject({ code: 'MALFORMED_ANSWER' });
    expect(String(error)).toContain(part);
  });

  it('makes calls on a loop that runs already', async () => {
    const loop = new EventLoop();
    const answer = await loop.host(async () => onLoop.makeOneCall(`${server.url}/ok`));
    expect(answer).toMatchObject({ path: '/ok' });
    loop.close();
  });

  it('names the call to write where a promise would never settle', async () => {
    const promise = blocking(function* main() {
      yield* sleep(0);
      return onLoop.makeOneCall(`${server.url}/ok`);
    });
    expect(String(await failureOf(promise))).toContain('yield* oneCall(url)');
  });

  it('refuses https and names the modes that speak it', async () => {
    const error = await failureOf(onLoop.makeOneCall('https://127.0.0.1/'));
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain('--on node');
  });
});

async function seen(): Promise<{ connections: number; calls: number }> {
  return (await asynchronous.makeOneCall(`${server.url}/seen`)) as {
    connections: number;
    calls: number;
  };
}

async function unusedPort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return typeof address === 'object' && address !== null ? address.port : 1;
}
