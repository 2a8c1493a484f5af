import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Agent, request } from 'undici';
import { CERTIFICATE_FILE } from './support/fault-server.js';
import {
  contentOf,
  sha256Of,
  startFileServer,
  startSecureFileServer,
  type AnswerChange,
  type FileServer,
} from './support/file-server.js';

let server: FileServer;
beforeAll(async () => {
  server = await startFileServer();
});
afterAll(() => server.close());

/** Everything that comes until the connection ends, as it comes. */
async function rawAnswer(name: string, headers = ''): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(`GET /${name} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`);
  let text = '';
  socket.setEncoding('latin1').on('data', (piece: string) => {
    text += piece;
  });
  socket.on('error', () => {
    text += ' (reset)';
  });
  await new Promise((resolve) => socket.on('close', resolve));
  return text;
}

/** What a file of 1000 bytes is answered with by one changed answer, and the next. */
async function answered(change: AnswerChange, headers: Record<string, string> = {}) {
  const url = await server.serve('a', { sizeBytes: 1000, answers: [change] });
  const answer = await request(url, { headers });
  return { ...answer, bytes: Buffer.from(await answer.body.arrayBuffer()) };
}

const CONTENT = contentOf('a', 1000);

test('a file is served with a strong validator, and by ranges that the validator holds for', async () => {
  const whole = await answered({});
  expect(whole.bytes).toEqual(CONTENT);
  expect(whole.statusCode).toBe(200);
  expect(whole.headers).toMatchObject({ 'content-length': '1000', 'accept-ranges': 'bytes' });
  const part = await answered(
    {},
    { range: 'bytes=900-', 'if-range': String(whole.headers['etag']) },
  );
  expect(part.statusCode).toBe(206);
  expect(part.bytes).toEqual(CONTENT.subarray(900));
  expect(part.headers['content-range']).toBe('bytes 900-999/1000');
  const other = await answered({}, { range: 'bytes=900-', 'if-range': '"another"' });
  expect(other.statusCode).toBe(200);
  const behind = await answered({}, { range: 'bytes=1000-' });
  expect(behind.statusCode).toBe(416);
  expect(behind.headers['content-range']).toBe('bytes */1000');
});

test('versions have other bytes and another entity tag, unless that is asked for', async () => {
  const url = await server.serve('v', {
    sizeBytes: 10,
    digest: 'right',
    answers: [{}, { from: { version: 2 } }, { from: { validator: 'weak etag' } }],
  });
  const answers = [await request(url), await request(url), await request(url), await request(url)];
  const bodies = await Promise.all(answers.map(({ body }) => body.arrayBuffer()));
  expect(Buffer.from(bodies[0] ?? new ArrayBuffer(0))).toEqual(contentOf('v', 10));
  expect(Buffer.from(bodies[3] ?? new ArrayBuffer(0))).toEqual(contentOf('v', 10, 2));
  const tags = ['"v-v1"', '"v-v2"', 'W/"v"', 'W/"v"'];
  expect(answers.map(({ headers }) => headers['etag'])).toEqual(tags);
  const digest = Buffer.from(sha256Of('v', 10, 2), 'hex').toString('base64');
  expect(answers[3]?.headers['repr-digest']).toBe(`sha-256=:${digest}:`);
});

test('an answer can be cut at a byte, by an end or by a reset, and the next one is right', async () => {
  await server.serve('c', {
    sizeBytes: 100_000,
    answers: [{ cutAfter: 777 }, { cutAfter: 0 }, { cutAfter: 777, cut: 'reset' }],
  });
  const bodyOf = (text: string): string => text.slice(text.indexOf('\r\n\r\n') + 4);
  const content = contentOf('c', 100_000).toString('latin1');
  expect(bodyOf(await rawAnswer('c'))).toBe(content.slice(0, 777));
  expect(bodyOf(await rawAnswer('c'))).toBe('');
  expect(await rawAnswer('c')).toMatch(/ \(reset\)$/);
  const whole = await request(`${server.url}/c`);
  expect(Buffer.from(await whole.body.arrayBuffer()).toString('latin1')).toBe(content);
  const seen = await server.requests('c');
  expect(seen.map(({ end, bytesSent }) => [end, bytesSent])).toEqual([
    ['cut', 777],
    ['cut', 0],
    ['cut', 777],
    ['whole', 100_000],
  ]);
});

test('an answer can be held back before its header or at a byte, until it is released', async () => {
  const url = await server.serve('h', {
    sizeBytes: 1000,
    answers: [{ holdAt: 'header' }, { holdAt: 10 }],
  });
  const silent = request(url);
  await server.held('h');
  const stuck = request(url);
  await server.held('h', 2);
  expect((await stuck).statusCode).toBe(200);
  expect((await server.requests('h')).map(({ bytesSent }) => bytesSent)).toEqual([0, 10]);
  await server.release('h');
  const both = await Promise.all([silent, stuck]);
  const lengths = both.map(async ({ body }) => (await body.arrayBuffer()).byteLength);
  expect(await Promise.all(lengths)).toEqual([1000, 1000]);
});

test('a part can be wrong in each way', async () => {
  const range = { range: 'bytes=100-' };
  expect((await answered({ ignoreRange: true }, range)).bytes).toEqual(CONTENT);
  const early = await answered({ shift: -10 }, range);
  expect(early.headers['content-range']).toBe('bytes 90-999/1000');
  expect(early.bytes).toEqual(CONTENT.subarray(90));
  const nameless = await answered({ headers: { 'Content-Range': null } }, range);
  expect(nameless.statusCode).toBe(206);
  expect(nameless.headers['content-range']).toBeUndefined();
  const several = await answered({ multipart: true }, range);
  expect(several.bytes.toString('latin1')).toContain('Content-Range: bytes 100-999/1000');
  expect((await answered({ status: 206 })).headers['content-range']).toBe('bytes 0-999/1000');
});

test('a body can be wrong in each way', async () => {
  const flipped = await answered({ flip: 500, digest: 'right' });
  expect(flipped.bytes.findIndex((byte, at) => byte !== CONTENT[at])).toBe(500);
  expect((await answered({ digest: 'wrong' })).bytes).toEqual(CONTENT);
  const gzip = await answered({ gzip: true });
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gzip.bytes)).toEqual(CONTENT);
  expect((await answered({ framing: 'chunked' })).bytes).toEqual(CONTENT);
  expect((await answered({ framing: 'close' })).bytes).toEqual(CONTENT);
  await expect(answered({ lengthOffBy: 1 })).rejects.toThrow(/other side closed|terminated/);
  await expect(answered({ framing: 'chunked', cutAfter: 3 })).rejects.toThrow(
    /other side closed|terminated/,
  );
});

test('other statuses come with the fields that are asked for', async () => {
  const busy = await answered({ status: 503, headers: { 'Retry-After': '7' } });
  expect(busy.statusCode).toBe(503);
  expect(busy.headers['retry-after']).toBe('7');
  expect(busy.headers['etag']).toBeUndefined();
  expect((await request(`${server.url}/unknown`)).statusCode).toBe(404);
  const away = await answered({ status: 302, headers: { Location: '/a' } });
  expect(away.headers['location']).toBe('/a');
});

test('an endless body goes on until the client has enough, as the log tells', async () => {
  const url = await server.serve('endless', { sizeBytes: 1, always: { endless: true } });
  const { body } = await request(url);
  let bytes = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > 1_000_000) break;
  }
  expect((await server.requests('endless'))[0]?.bytesSent).toBeGreaterThanOrEqual(bytes);
});

test('it speaks https too, where a cut can be a reset as well', async () => {
  const secure = await startSecureFileServer();
  const dispatcher = new Agent({ connect: { ca: readFileSync(CERTIFICATE_FILE) } });
  try {
    const url = await secure.serve('s', {
      sizeBytes: 10,
      answers: [{ cutAfter: 5, cut: 'reset' }],
    });
    const first = await request(url, { dispatcher });
    await expect(first.body.arrayBuffer()).rejects.toThrow(/ECONNRESET|terminated|other side/);
    const { body } = await request(url, { dispatcher });
    expect(Buffer.from(await body.arrayBuffer())).toEqual(contentOf('s', 10));
  } finally {
    await dispatcher.close();
    await secure.close();
  }
});
