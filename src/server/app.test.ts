import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageVersion } from '../core/version.js';
import { buildApp, closeApp } from './app.js';
import { resolveOptions } from './practice-server-options.js';

let app: FastifyInstance;
let url: string;

beforeAll(async () => {
  app = await buildApp(resolveOptions({ latencyMs: 5 }));
  url = await app.listen({ port: 0, host: '127.0.0.1' });
});

afterAll(async () => {
  app.server.closeAllConnections();
  await app.close();
});

async function connected(): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

test('say-hi says hello and when', async () => {
  const before = Date.now() / 1000;
  const answer: unknown = await (await fetch(`${url}/say-hi`)).json();
  expect(answer).toEqual({ message: 'Hello World', time: expect.any(Number) });
  const time = Number(Object(answer).time);
  expect(time).toBeGreaterThan(before - 1);
  expect(time).toBeLessThan(Date.now() / 1000 + 1);
  expect(Number.isInteger(time)).toBe(false);
});

test('health says which server this is', async () => {
  const answer: unknown = await (await fetch(`${url}/health`)).json();
  expect(answer).toEqual({ server: 'lwasync', version: packageVersion() });
});

test('an unknown path or method is answered with a sentence that points to the docs', async () => {
  const unknown = await fetch(`${url}/nowhere?a=b`);
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    { error: 'there is no GET /nowhere here; open /docs to see what there is' },
  ]);
  const posted = await fetch(`${url}/say-hi`, { method: 'POST' });
  expect([posted.status, await posted.json()]).toEqual([
    404,
    { error: 'there is no POST /say-hi here; open /docs to see what there is' },
  ]);
});

test('the OpenAPI document lists every route with what it answers', async () => {
  const document: unknown = await (await fetch(`${url}/openapi.json`)).json();
  const { openapi, paths } = Object(document);
  expect(openapi).toBe('3.1.0');
  const listed = Object.fromEntries(
    Object.entries<object>(paths).map(([path, { get: operation }]: [string, { get?: object }]) => [
      path,
      Object.keys(Object(operation).responses),
    ]),
  );
  expect(listed).toEqual({
    '/say-hi': ['200', '500'],
    '/fast-run': ['200', '500'],
    '/slow-run': ['200', '500'],
    '/standard-run': ['200', '500'],
    '/files/{number}': ['200', '206', '304', '404', '412', '416', '500'],
    '/health': ['200'],
  });
});

test('the docs are a page whose parts come from this server alone', async () => {
  const page = await fetch(`${url}/docs`);
  const html = await page.text();
  expect([page.status, page.headers.get('content-type')]).toEqual([
    200,
    'text/html; charset=utf-8',
  ]);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part]) => part ?? '');
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts) {
    expect(part).toMatch(/^\/docs\//);
    expect((await fetch(url + part)).status).toBe(200);
  }
});

test('five hundred connections at once are all answered', async () => {
  const sockets = await Promise.all(Array.from({ length: 500 }, connected));
  const answers = sockets.map(async (socket) => {
    socket.write('GET /say-hi HTTP/1.1\r\nHost: x\r\n\r\n');
    const [data] = await once(socket, 'data');
    socket.destroy();
    return String(data).split('\r\n', 1)[0];
  });
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 200 OK']));
});

test('the time that a client has for its request does not run out while the loop is blocked', async () => {
  const patient = await buildApp(resolveOptions({ workMs: 86_400_000 }));
  expect(patient.server.headersTimeout).toBeGreaterThan(86_400_000);
  await patient.close();
});

test('closing lets answers in flight finish and waits for no idle connection', async () => {
  const closing = await buildApp(resolveOptions({ latencyMs: 100, workMs: 100 }));
  const base = await closing.listen({ port: 0, host: '127.0.0.1' });
  const agent = new Agent({ keepAlive: true });
  const answers = ['/say-hi', '/fast-run', '/standard-run', '/files/1'].map(async (path) => {
    const [answer]: IncomingMessage[] = await once(get(base + path, { agent }), 'response');
    answer?.resume();
    return answer?.statusCode;
  });
  await (await fetch(`${base}/health`)).text();
  await closeApp(closing);
  expect(await Promise.all(answers)).toEqual([200, 200, 200, 200]);
  agent.destroy();
});
