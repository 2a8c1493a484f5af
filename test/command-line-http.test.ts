import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventLoop } from '../src/loop/event-loop.js';
import { expectSchema } from './support/expect-schema.js';
import {
  CERTIFICATE_FILE,
  startFaultServer,
  startSecureFaultServer,
  type FaultServer,
} from './support/fault-server.js';
import { runCli } from './support/run-cli.js';

let server: FaultServer;
let secure: FaultServer;
let folder: string;
beforeAll(async () => {
  [server, secure] = await Promise.all([startFaultServer(), startSecureFaultServer()]);
  folder = await mkdtemp(join(tmpdir(), 'lwasync-'));
});
afterAll(async () => {
  await Promise.all([server.close(), secure.close()]);
  await rm(folder, { recursive: true });
});

const MODES = [
  ['sync', []],
  ['async', []],
  ...(EventLoop.unavailable() === undefined ? [['async', ['--on', 'loop']] as const] : []),
] as const;

async function responsesOf(words: readonly string[]): Promise<unknown> {
  const { stdout, stderr, code } = await runCli([...words, '--json']);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  const document: unknown = JSON.parse(stdout);
  await expectSchema('calls.schema.json', document);
  return Reflect.get(Object(document), 'responses');
}

describe.each(MODES)('lwasync %s %j', (mode, on) => {
  it('--body sends text with POST', async () => {
    const words = [mode, ...on, `${server.url}/echo`, '-n', '2', '--body', '{"a": "ä"}'];
    const headers = { 'content-type': 'application/json', 'content-length': '11' };
    const echo = { method: 'POST', body: '{"a": "ä"}', headers };
    expect(await responsesOf(words)).toMatchObject([echo, echo]);
  });

  it('--body @file sends a file, with the method and type that are given', async () => {
    const file = join(folder, 'body.txt');
    await writeFile(file, 'from a file\n');
    const type = ['-H', 'Content-Type: text/x-own', '-m', 'put'];
    const words = [mode, ...on, `${server.url}/echo`, '-n', '1', '--body', `@${file}`, ...type];
    expect(await responsesOf(words)).toMatchObject([
      { method: 'PUT', body: 'from a file\n', headers: { 'content-type': 'text/x-own' } },
    ]);
  });

  it('--no-keepalive opens a connection for each call', async () => {
    const words = [mode, ...on, `${server.url}/echo`, '-n', '4', '-w', '1', '--no-keepalive'];
    const { stdout, code } = await runCli([...words, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ connecting: { connections: 4 } });
    const kept = words.filter((word) => word !== '--no-keepalive');
    const again = JSON.parse((await runCli([...kept, '--json'])).stdout) as {
      connecting: { connections: number };
    };
    expect(again.connecting.connections).toBe(0);
  });

  it('--expect-status says what is success', async () => {
    const words = [mode, ...on, `${server.url}/404`, '-n', '1'];
    expect(await responsesOf([...words, '--expect-status', '200,404'])).toEqual([{ error: 'no' }]);
    const { stderr, code } = await runCli([...words, '--expect-status', '2xx,304']);
    expect(stderr).toContain('status 404, expected 200 to 299 or 304\n');
    expect(code).toBe(3);
  });

  it('tells that the rate is limited, and when to come back', async () => {
    const url = `${server.url}/with?status=429&Retry-After=7`;
    const { stdout, stderr, code } = await runCli([mode, ...on, url, '-n', '3', '--json']);
    const document: unknown = JSON.parse(stdout);
    await expectSchema('calls.schema.json', document);
    expect(document).toMatchObject({ failures: [{ code: 'RATE_LIMITED', status: 429 }, {}, {}] });
    expect(stderr).toContain('calls failed, RATE_LIMITED: ');
    expect(stderr).toContain('status 429 (Retry-After: 7 s), expected 200 to 299\n');
    expect(code).toBe(3);
  });

  it('does not follow a redirect, but says where it points and how it is followed', async () => {
    const { stderr, code } = await runCli([mode, ...on, `${server.url}/redirect`, '-n', '1']);
    expect(stderr).toContain(
      `status 302, expected 200 to 299; it points to ${server.url}/ok, and --follow goes there\n`,
    );
    expect(code).toBe(3);
  });
});

describe.each(['sync', 'async'])('lwasync %s', (mode) => {
  it('--follow follows redirects, as many as it says', async () => {
    const words = [mode, `${server.url}/hops?10`, '-n', '1'];
    expect(await responsesOf([...words, '--follow'])).toMatchObject([{ query: 'arrived' }]);
    const { stdout, stderr, code } = await runCli([...words, '--follow', '9', '--json']);
    const document: unknown = JSON.parse(stdout);
    await expectSchema('calls.schema.json', document);
    expect(document).toMatchObject({ failures: [{ code: 'REDIRECT', status: 302 }] });
    expect(stderr).toContain('9 have been followed already; --follow allows up to 100\n');
    expect(code).toBe(3);
  });

  it('refuses a certificate nobody vouches for and names --ca and --insecure, which help', async () => {
    const words = [mode, `${secure.url}/order?x`, '-n', '2'];
    const refused = await runCli(words);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/self-signed certificate\); --ca FILE .*, --insecure .*\n$/);
    const trusted = await responsesOf([...words, '--ca', CERTIFICATE_FILE]);
    expect(trusted).toEqual([{ order: 'x' }, { order: 'x' }]);
    const { stderr, code } = await runCli([...words, '--insecure']);
    expect(stderr).toBe(
      'lwasync: --insecure: no certificate is checked, so anyone on the way can pose as the server\n',
    );
    expect(code).toBe(0);
  });
});

it('compare takes the same options in every mode', async () => {
  const quick = ['-n', '2', '-r', '1', '-w', '0', '--json'];
  const words = ['compare', `${secure.url}/with?status=302&Location=/404`, ...quick];
  const how = ['--ca', CERTIFICATE_FILE, '--follow', '--expect-status', '404', '--body', 'secret'];
  const { stdout, stderr, code } = await runCli([...words, ...how, '--no-keepalive']);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  const document: unknown = JSON.parse(stdout);
  await expectSchema('compare.schema.json', document);
  expect(document).toMatchObject({ schema: 'lwasync.compare/1', interrupted: false });
  expect(stdout).not.toContain('secret');
});

it.runIf(EventLoop.unavailable() === undefined)(
  'our own event loop says that it follows no redirects',
  async () => {
    const words = ['async', `${server.url}/redirect`, '--follow', '--on', 'loop'];
    const { stdout, stderr, code } = await runCli(words);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^lwasync: .*our own event loop follows no redirects; .*--on node.*\n$/);
    expect(code).toBe(2);
  },
);

describe('one sentence and exit code 2', () => {
  it.each([
    [['--expect-status', 'ok'], '--expect-status: expected statuses from 200 to 999 (like 200, '],
    [['--expect-status', '1xx'], "got '1xx'"],
    [['--follow', '0'], '--follow: expected a whole number from 1 to 100'],
    [['--follow', 'http://localhost/'], 'without a number it stands behind the URL'],
    [['--body', '@/no/such/file'], '--body: the file cannot be read (ENOENT'],
    [['--body', `@${tmpdir()}`], '--body: the file cannot be read (EISDIR'],
    [['--ca', '/no/such/file'], "--ca '/no/such/file': the file cannot be read (ENOENT"],
    [['--ca', import.meta.filename], 'which begins with -----BEGIN CERTIFICATE-----'],
  ])('for %j', async (words, part) => {
    const { stdout, stderr, code } = await runCli(['async', 'http://127.0.0.1:1/', ...words]);
    expect(stdout).toBe('');
    expect(stderr).toContain(part);
    expect(stderr).toMatch(/^lwasync: .*\n$/);
    expect(code).toBe(2);
  });
});
