import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPracticeServer, type PracticeServer } from '../src/server/index.js';
import { runCli, startCli } from './support/run-cli.js';
import { hasTerminals, startInTerminal } from './support/run-in-terminal.js';

let server: PracticeServer;
let folder: string;
beforeAll(async () => {
  const dials = { port: 0, latencyMs: 0, files: 20, fileSize: 600_000, bandwidth: 1_000_000 };
  server = await startPracticeServer(dials);
});
afterAll(() => server.close(0));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lwasync-dl-'));
});
afterEach(() => rm(folder, { recursive: true }));

const urls = (number: number): string[] =>
  Array.from({ length: number }, (_, index) => `${server.url}/files/${index + 1}`);
const words = (number: number, ...more: string[]): string[] => [
  'download',
  ...urls(number),
  '--dir',
  folder,
  ...more,
];

describe('Ctrl-C', () => {
  it('stops with what there is, and the same command goes on from there', async () => {
    const running = startCli(words(4, '--json'));
    await until(() => /"received":[1-9]\d{5}/.test(running.output()));
    running.kill('SIGINT');
    const { code, stdout, stderr } = await running.finished;
    expect(stderr).toContain('lwasync: Stopped before the end');
    expect(stderr).toContain('lwasync: Run the same command again to go on');
    expect(lastOf(stdout)).toMatchObject({ interrupted: true });
    expect(code).toBe(130);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).not.toEqual([]);
    const again = await runCli(words(4, '--json'));
    expect(again.code).toBe(0);
    const { files } = lastOf(again.stdout);
    expect(files.some(({ resumed }) => resumed > 0)).toBe(true);
    for (const { fetched, resumed, size } of files) expect(fetched + resumed).toBe(size);
    expect((await readdir(folder)).toSorted()).toEqual(['1', '2', '3', '4']);
  });

  it('twice ends at once, and removes the practice files too', async () => {
    const env = { TMPDIR: folder };
    const running = startCli(['download', '--limit-rate', '100kB'], { env });
    await until(() => running.output().includes('downloading'));
    running.kill('SIGINT');
    running.kill('SIGINT');
    expect((await running.finished).code).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a server', () => {
  it('whose file is larger than the disk is told of with exit code 5, and nothing is left', async () => {
    const { url, close } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 10 ** 15 }).flushHeaders();
    });
    const { code, stdout, stderr } = await runCli(['download', `${url}/a`, '--dir', folder]);
    close();
    expect(stdout).toMatch(/^Stopped because the disk is full: /);
    expect(stdout).toContain('Make room and run the same command again');
    expect(stderr).not.toContain('    at ');
    expect(await readdir(folder)).toEqual([]);
    expect(code).toBe(5);
  });

  it('that answers 503 is asked again, and that is said', async () => {
    let requests = 0;
    const { url, close } = await serve((_, response) => {
      requests += 1;
      if (requests > 1) response.end('there');
      else response.writeHead(503, { 'retry-after': '0' }).end();
    });
    const { code, stdout, stderr } = await runCli(['download', `${url}/a`, '--dir', folder]);
    close();
    expect(stderr).toMatch(/^lwasync: a: the server answered 503.*; try 2 in /m);
    expect(stdout).toContain('1 retry was made.');
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('there');
    expect(code).toBe(0);
  });
});

it('a server that is not there is told of file by file, and of nothing else', async () => {
  const dead = Array.from({ length: 15 }, (_, index) => `http://127.0.0.1:1/${index}`);
  const { code, stdout, stderr } = await runCli([
    'download',
    ...dead,
    '--dir',
    folder,
    '--retries',
    '1',
  ]);
  const [begin, ...remarks] = stderr.trimEnd().split('\n');
  expect(begin).toBe(`lwasync: downloading 15 files to ${folder}`);
  for (const text of remarks)
    expect(text).toMatch(
      /^lwasync: \d+: connection refused; .*(; try 2 in .*|given up after 2 tries)$/,
    );
  expect(remarks).toHaveLength(30);
  expect(stdout).toMatch(/^0 of 15 files in .*; every one failed\n/);
  expect(await readdir(folder)).toEqual([]);
  expect(code).toBe(3);
});

describe.skipIf(!hasTerminals)('on a terminal', () => {
  it('a total and the busiest files move, remarks stay above them, and the report is all that is left', async () => {
    const terminal = startInTerminal(words(20, `${server.url}/files/99`));
    await until(() => terminal.written().includes('+ '));
    expect(terminal.screen.isCursorShown).toBe(false);
    expect(await terminal.finished).toBe(3);
    const { text, isCursorShown } = terminal.screen;
    expect(isCursorShown).toBe(true);
    expect(text).toMatch(/^lwasync: 99: the server answered 404[^\n]*\n20 of 21 files, /);
    const written = terminal.written();
    expect(written.indexOf('\u001b[?25h')).toBeLessThan(
      written.indexOf('20 of 21 files, 12 MB in'),
    );
    const frames = written.split('\u001b[?2026h').slice(1);
    expect(frames.length).toBeGreaterThan(2);
    for (const frame of frames) {
      // Two lines fewer than the terminal has rows, and of remarks at most the one about 99.
      expect(frame.split('\u001b[?2026l')[0]?.split('\n').length).toBeLessThanOrEqual(9);
    }
  });

  it.each([
    ['once', '\u0003', /Stopped before the end/],
    ['twice', '\u0003\u0003', /^/],
  ])('Ctrl-C %s gives the cursor back and takes the lines away', async (_, keys, left) => {
    const terminal = startInTerminal(words(20));
    await until(() => terminal.written().includes('+ '));
    terminal.type(keys);
    expect(await terminal.finished).toBe(130);
    expect(terminal.screen.isCursorShown).toBe(true);
    expect(terminal.screen.text).not.toContain('more');
    expect(terminal.screen.text).toMatch(left);
  });
});

interface Document {
  readonly interrupted: boolean;
  readonly files: readonly { fetched: number; resumed: number; size: number }[];
}

function lastOf(stdout: string): Document {
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  return (JSON.parse(last) as { download: Document }).download;
}

async function serve(listener: RequestListener): Promise<{ url: string; close: () => void }> {
  const http: Server = createServer(listener).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      http.close();
      http.closeAllConnections();
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
