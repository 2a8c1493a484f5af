import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildApp } from './app.js';
import { CallEnd } from './call-end.js';
import { PracticeFile } from './practice-file.js';
import { resolveOptions, type PracticeServerOptions } from './practice-server-options.js';

const SIZE = 200_003;
let url: string;
let close: () => Promise<void>;
let whole: Buffer;

async function serve(
  options: PracticeServerOptions,
): Promise<{ url: string; close: () => Promise<void> }> {
  const app = await buildApp(
    resolveOptions({ latencyMs: 0, fileSize: SIZE, files: 3, ...options }),
  );
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const end = async (): Promise<void> => {
    app.server.closeAllConnections();
    await app.close();
  };
  return { url: address, close: end };
}

async function bodyOf(answer: Response): Promise<Buffer> {
  return Buffer.from(await answer.arrayBuffer());
}

async function tagAndBody(file: string): Promise<[string | null, Buffer]> {
  const answer = await fetch(file);
  return [answer.headers.get('etag'), await bodyOf(answer)];
}

/** The time until the first file of a server is there, in milliseconds. */
async function timeOf(base: string): Promise<number> {
  const begin = performance.now();
  expect((await bodyOf(await fetch(`${base}/files/1`))).equals(whole)).toBe(true);
  return performance.now() - begin;
}

function fetchRange(range: string, more: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/files/1`, { headers: { range, ...more } });
}

function digestOf(body: Buffer): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

beforeAll(async () => {
  ({ url, close } = await serve({}));
  whole = await bodyOf(await fetch(`${url}/files/1`));
});

afterAll(() => close());

test('a file has its size, its type, a strong entity tag and the digest of its bytes', async () => {
  const answer = await fetch(`${url}/files/1`);
  const body = await bodyOf(answer);
  expect(answer.status).toBe(200);
  expect(body).toHaveLength(SIZE);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'accept-ranges': 'bytes',
    'content-length': String(SIZE),
    'content-type': 'application/octet-stream',
    'repr-digest': digestOf(body),
    etag: expect.stringMatching(/^"[\da-f]{32}"$/),
  });
});

test('the same seed gives the same file, another seed, number or size gives another one', async () => {
  const other = await serve({ seed: 2 });
  const smaller = await serve({ fileSize: SIZE - 1 });
  const again = await serve({});
  onTestFinished(async () => {
    await Promise.all([other.close(), smaller.close(), again.close()]);
  });
  const [tag] = await tagAndBody(`${url}/files/1`);
  expect(await tagAndBody(`${again.url}/files/1`)).toEqual([tag, whole]);
  for (const file of [`${url}/files/2`, `${other.url}/files/1`, `${smaller.url}/files/1`]) {
    const [otherTag, otherBody] = await tagAndBody(file);
    expect(otherTag).not.toBe(tag);
    expect(otherBody.equals(whole)).toBe(false);
  }
});

test('whatever range is asked for, exactly those bytes are answered', async () => {
  const position = fc.oneof(
    fc.integer({ min: 0, max: SIZE - 1 }),
    fc.constantFrom(0, 15, 16, 65_535, 65_536, SIZE - 1),
  );
  await fc.assert(
    fc.asyncProperty(position, position, async (one, other) => {
      const [first, last] = [Math.min(one, other), Math.max(one, other)];
      const answer = await fetchRange(`bytes=${first}-${last}`);
      const body = await bodyOf(answer);
      expect(answer.status).toBe(206);
      expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${last}/${SIZE}`);
      expect(answer.headers.get('content-length')).toBe(String(last - first + 1));
      expect(answer.headers.get('repr-digest')).toBe(digestOf(whole));
      expect(body.equals(whole.subarray(first, last + 1))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('a range at the end of the file is answered with exactly those bytes', async () => {
  expect((await bodyOf(await fetchRange('bytes=-10'))).equals(whole.subarray(-10))).toBe(true);
  expect((await bodyOf(await fetchRange(`bytes=${SIZE - 10}-`))).equals(whole.subarray(-10))).toBe(
    true,
  );
});

test.each(['bytes=5-4', 'bytes=0-1,4-5', 'bytes=x-y', 'lines=0-1'])(
  'the range %s is ignored and the whole file answered',
  async (range) => {
    const answer = await fetchRange(range);
    expect(answer.status).toBe(200);
    expect((await bodyOf(answer)).equals(whole)).toBe(true);
  },
);

test('a range behind the end of the file is answered with its length', async () => {
  const answer = await fetchRange(`bytes=${SIZE}-`);
  expect(answer.status).toBe(416);
  expect(answer.headers.get('content-range')).toBe(`bytes */${SIZE}`);
  expect(await answer.json()).toEqual({
    error: `this file has ${SIZE} bytes, and the range begins behind them`,
  });
});

test('a range of the version that the client has is answered, of another one the whole file', async () => {
  const etag = (await fetch(`${url}/files/1`)).headers.get('etag') ?? '';
  const statuses = await Promise.all(
    [etag, `W/${etag}`, '"other"', 'Sat, 29 Oct 1994 19:43:31 GMT'].map(
      async (tag) => (await fetchRange('bytes=0-1', { 'if-range': tag })).status,
    ),
  );
  expect(statuses).toEqual([206, 200, 200, 200]);
});

test('a client that has the file gets no body, one that insists on another version neither', async () => {
  const etag = (await fetch(`${url}/files/1`)).headers.get('etag') ?? '';
  const same = await fetch(`${url}/files/1`, { headers: { 'if-none-match': `"x", W/${etag}` } });
  expect([same.status, same.headers.get('etag'), await same.text()]).toEqual([304, etag, '']);
  const newer = await fetch(`${url}/files/1`, { headers: { 'if-none-match': '"x"' } });
  expect([newer.status, (await bodyOf(newer)).equals(whole)]).toEqual([200, true]);
  const other = await fetch(`${url}/files/1`, { headers: { 'if-match': '"x"' } });
  expect([other.status, await other.json()]).toEqual([
    412,
    { error: `the entity tag of this file is ${etag}` },
  ]);
});

test('HEAD answers the header fields of the whole file, whatever range it asks for', async () => {
  const compared = ['content-length', 'content-type', 'etag', 'repr-digest', 'accept-ranges'];
  const full = await fetch(`${url}/files/1`);
  const head = await fetch(`${url}/files/1`, { method: 'HEAD', headers: { range: 'bytes=0-1' } });
  expect(head.status).toBe(200);
  expect(compared.map((name) => head.headers.get(name))).toEqual(
    compared.map((name) => full.headers.get(name)),
  );
  expect(await head.text()).toBe('');
  await full.arrayBuffer();
});

test('HEAD makes no bytes that are not sent', async () => {
  const slow = await serve({ bandwidth: 1, slots: 1 });
  onTestFinished(slow.close);
  for (let call = 0; call < 2; call += 1) {
    expect((await fetch(`${slow.url}/files/1`, { method: 'HEAD' })).status).toBe(200);
  }
});

test.each(['0', '4', '-1', '1.5', 'x', '', '99999999999999999999'])(
  'there is no file "%s"',
  async (number) => {
    const answer = await fetch(`${url}/files/${number}`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({
      error: `there is no /files/${number}; this server has files 1 to 3`,
    });
  },
);

test('a limited bandwidth makes an answer take its share of time', async () => {
  const [fast, slow] = [await serve({ bandwidth: 4_000_000 }), await serve({ bandwidth: 800_000 })];
  onTestFinished(async () => {
    await Promise.all([fast.close(), slow.close()]);
  });
  // The first answer waits for the digest as well.
  await Promise.all([timeOf(fast.url), timeOf(slow.url)]);
  expect((await timeOf(slow.url)) / (await timeOf(fast.url))).toBeGreaterThan(2);
});

test('nothing is made for a client that has left, and no more than a client reads', async () => {
  const file = new PracticeFile(1, 1, 2 ** 40);
  const call = new CallEnd();
  const stream = file.read(0, file.size, Infinity, call);
  await once(stream, 'readable');
  expect(stream.readableLength).toBeLessThanOrEqual(2 * 65_536);
  call.end();
  stream.resume();
  await once(stream, 'end');
  expect(stream.readableEnded).toBe(true);
});

test('a client that leaves in the middle of a file does no harm', async () => {
  const large = await serve({ fileSize: 500_000_000, bandwidth: 100_000_000 });
  onTestFinished(large.close);
  const request = get(`${large.url}/files/1`, { agent: false });
  const [answer] = await once(request, 'response');
  await once(answer, 'data');
  request.destroy();
  expect((await fetch(`${large.url}/health`)).status).toBe(200);
});
