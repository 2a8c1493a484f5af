import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  downloadOne,
  expectBytes,
  expectOnly,
  expectRefused,
  TRANSPORTS,
  useFolders,
} from './support/download-fixture.js';
import { CERTIFICATE_FILE } from './support/fault-server.js';
import {
  contentOf,
  startFileServer,
  startSecureFileServer,
  type AnswerChange,
  type FileServer,
} from './support/file-server.js';

let server: FileServer;
let other: FileServer;
let secure: FileServer;
beforeAll(async () => {
  [server, other, secure] = await Promise.all([
    startFileServer(),
    startFileServer(),
    startSecureFileServer(),
  ]);
});
afterAll(async () => {
  await Promise.all([server.close(), other.close(), secure.close()]);
});

const folderOf = useFolders();
const SIZE = 50_000;
const ca = readFileSync(CERTIFICATE_FILE, 'utf8');

function to(location: string): AnswerChange {
  return { status: 302, headers: { Location: location } };
}

describe.each(TRANSPORTS)('with transport %s', (transport) => {
  test('a chain of redirects is followed, afresh at each attempt', async () => {
    const dir = folderOf();
    const name = `chain-${transport}`;
    const url = await server.serve(`${name}-1`, { sizeBytes: 0, always: to(`/${name}-2`) });
    await server.serve(`${name}-2`, { sizeBytes: 0, always: to(`${server.url}/${name}`) });
    await server.serve(name, { sizeBytes: SIZE, answers: [{ cutAfter: 20_000 }] });
    const file = await downloadOne({ url, name }, { dir, transport });
    expect(file).toMatchObject({ outcome: 'done', attempts: 2 });
    expectBytes(dir, name, contentOf(name, SIZE));
    const first = await server.requests(`${name}-1`);
    const seen = await server.requests(name);
    expect(first).toHaveLength(2);
    expect(seen.map(({ headers }) => headers['range'])).toEqual([undefined, 'bytes=20000-']);
  });

  test('a circle of redirects, and a chain without an end, are refused', async () => {
    const dir = folderOf();
    const there = await server.serve('there', { sizeBytes: 0, always: to('/back') });
    await server.serve('back', { sizeBytes: 0, always: to('/there') });
    const circle = await downloadOne({ url: there }, { dir, transport });
    expect(circle.failure).toMatchObject({ code: 'REDIRECT' });
    expectRefused(dir, 'there', circle);
    for (let hop = 1; hop <= 20; hop += 1) {
      await server.serve(`hop-${hop}`, { sizeBytes: 0, always: to(`/hop-${hop + 1}`) });
    }
    const chain = await downloadOne({ url: `${server.url}/hop-1` }, { dir, transport });
    expect(chain.failure).toMatchObject({ code: 'REDIRECT' });
    expect(chain.failure?.message).toMatch(/^hop-1: .*10 times/);
    expectOnly(dir, []);
  });

  test('a redirect without a Location, or to something else than http, is refused', async () => {
    const dir = folderOf();
    const nowhere = await server.serve('nowhere', { sizeBytes: 0, always: { status: 302 } });
    const local = await server.serve('local', { sizeBytes: 0, always: to('file:///etc/passwd') });
    for (const url of [nowhere, local]) {
      const file = await downloadOne({ url }, { dir, transport });
      expect(file.failure).toMatchObject({ code: 'REDIRECT' });
    }
    expectOnly(dir, []);
  });

  test('credentials are told to the origin they are for, and to no other', async () => {
    const dir = folderOf();
    const name = `secret-${transport}`;
    await other.serve(name, { sizeBytes: SIZE, answers: [{ cutAfter: 10_000 }] });
    const url = await server.serve(name, { sizeBytes: 0, always: to(`${other.url}/${name}`) });
    const withUser = url.replace('http://', 'http://user:pass@');
    const headers = { cookie: 'a=b', 'x-mine': 'c' };
    const file = await downloadOne({ url: withUser }, { dir, transport, headers });
    expect(file.outcome).toBe('done');
    expect(file.url).toBe(url);
    const basic = `Basic ${Buffer.from('user:pass').toString('base64')}`;
    for (const { headers: seen } of await server.requests(name)) {
      expect(seen).toMatchObject({ authorization: basic, cookie: 'a=b' });
    }
    const there = await other.requests(name);
    expect(there).toHaveLength(2);
    for (const { headers: seen } of there) {
      expect(seen).not.toHaveProperty('authorization');
      expect(seen).not.toHaveProperty('cookie');
      expect(seen).toMatchObject({ 'x-mine': 'c' });
    }
  });

  test('https is never left for http', async () => {
    const dir = folderOf();
    await server.serve('plain', { sizeBytes: SIZE });
    const url = await secure.serve('down', { sizeBytes: 0, always: to(`${server.url}/plain`) });
    const before = await server.requests('plain');
    const file = await downloadOne({ url }, { dir, transport, ca });
    expect(file.failure).toMatchObject({ code: 'REDIRECT' });
    expect(file.failure?.message).toMatch(/^down: .*https to http/);
    expectRefused(dir, 'down', file);
    expect(await server.requests('plain')).toHaveLength(before.length);
  });

  test('http may lead to https, where a cut is resumed as well', async () => {
    const dir = folderOf();
    const name = `up-${transport}`;
    await secure.serve(name, {
      sizeBytes: SIZE,
      answers: [{ cutAfter: 30_000 }, { cutAfter: 5_000, cut: 'reset' }],
    });
    const url = await server.serve(name, { sizeBytes: 0, always: to(`${secure.url}/${name}`) });
    const file = await downloadOne({ url }, { dir, transport, ca });
    expect(file.failure?.message).toBeUndefined();
    expectBytes(dir, name, contentOf(name, SIZE));
    const ranges = (await secure.requests(name)).map(({ headers }) => headers['range']);
    // What came with a reset may be lost in the layer of TLS, and is fetched again then.
    expect(ranges).toEqual([
      undefined,
      'bytes=30000-',
      expect.stringMatching(/^bytes=3[0-5]\d{3}-$/),
    ]);
  });
});
